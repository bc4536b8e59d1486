namespace Causality.Messaging.Tests.Sample;

/// <summary>Takes the alarm back.</summary>
public sealed record Disarm(Guid Counter);
