namespace Causality.Core;

/// <summary>A peer said something that the sync protocol does not allow. Fail the sync, keep the peer; a retry helps only if the peer changes.</summary>
/// <param name="message">What the peer said and what the protocol allows, with the name of the field; fit for people.</param>
/// <param name="inner">The parser's own error, if there is one.</param>
public sealed class ProtocolViolationException(string message, Exception? inner = null) : Exception(message, inner);
