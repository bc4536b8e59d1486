namespace Causality.Fuzzing;

/// <summary>A parser did not do what it promises.</summary>
/// <param name="message">What.</param>
/// <param name="inner">What it threw; null when it threw nothing.</param>
public sealed class FuzzFaultException(string message, Exception? inner = null) : Exception(message, inner);
