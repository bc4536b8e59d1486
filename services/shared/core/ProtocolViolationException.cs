namespace Causality.Core;

/// <summary>A peer broke a rule of the sync protocol. Not worth an immediate retry: fail the sync, keep the peer, tell its operator.</summary>
/// <param name="reason">The rule and what broke it, one sentence, fit for people.</param>
/// <param name="inner">The error that revealed it, if there is one.</param>
public sealed class ProtocolViolationException(string reason, Exception? inner = null) : Exception(reason, inner);
