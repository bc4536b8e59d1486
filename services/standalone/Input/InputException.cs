namespace Causality.Standalone.Input;

/// <summary>Something that a person gave to the command line is wrong. Nothing was changed; mend it and try again.</summary>
/// <param name="message">File, line, field or address, what is wrong, and the way out.</param>
/// <param name="inner">The error behind it.</param>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
