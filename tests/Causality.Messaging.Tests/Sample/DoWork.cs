namespace Causality.Messaging.Tests.Sample;

/// <summary>Asks for an effect.</summary>
public sealed record DoWork(string Text);
