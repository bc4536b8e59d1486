namespace Causality.Messaging.Tests.Sample;

/// <summary>Asks for an alarm.</summary>
public sealed record Arm(Guid Counter, DateTime DueAt);
