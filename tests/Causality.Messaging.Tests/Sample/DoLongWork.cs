namespace Causality.Messaging.Tests.Sample;

/// <summary>Takes long.</summary>
public sealed record DoLongWork(string Text);
