namespace Causality.Messaging.Tests.Sample;

/// <summary>The counter stands at a value.</summary>
public sealed record Incremented(Guid Counter, int Count);
