namespace Causality.Messaging.Tests.Sample;

/// <summary>The alarm.</summary>
public sealed record Rang(Guid Counter);
