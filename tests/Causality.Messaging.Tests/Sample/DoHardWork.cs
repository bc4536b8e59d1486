namespace Causality.Messaging.Tests.Sample;

/// <summary>Fails the given number of times, then does its work.</summary>
public sealed record DoHardWork(string Text, int Failures, bool Permanent = false);
