namespace Causality.Messaging.Tests.Sample;

/// <summary>Counts one up.</summary>
public sealed record Increment(Guid Counter);
