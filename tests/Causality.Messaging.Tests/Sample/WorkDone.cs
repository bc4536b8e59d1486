namespace Causality.Messaging.Tests.Sample;

/// <summary>Tells of an effect.</summary>
public sealed record WorkDone(string Text);
