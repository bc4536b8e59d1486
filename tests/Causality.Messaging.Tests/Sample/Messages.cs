namespace Causality.Messaging.Tests.Sample;

/// <summary>Asks for an effect.</summary>
public sealed record DoWork(string Text);

/// <summary>Tells of an effect.</summary>
public sealed record WorkDone(string Text);

/// <summary>Fails the given number of times, then does its work.</summary>
public sealed record DoHardWork(string Text, int Failures, bool Permanent = false);

/// <summary>Takes long.</summary>
public sealed record DoLongWork(string Text);

/// <summary>Counts one up.</summary>
public sealed record Increment(Guid Counter);

/// <summary>The counter stands at a value.</summary>
public sealed record Incremented(Guid Counter, int Count);

/// <summary>Asks for an alarm.</summary>
public sealed record Arm(Guid Counter, DateTime DueAt);

/// <summary>Takes the alarm back.</summary>
public sealed record Disarm(Guid Counter);

/// <summary>The alarm.</summary>
public sealed record Rang(Guid Counter);
