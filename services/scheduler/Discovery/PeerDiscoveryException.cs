namespace Causality.Scheduler.Discovery;

/// <summary>A source of peers cannot be read or not understood. Worth a retry at the next round; the peers known so far stay.</summary>
/// <param name="message">The source, what is wrong (with the line or field), and what to do.</param>
/// <param name="inner">The error behind it.</param>
public sealed class PeerDiscoveryException(string message, Exception? inner = null) : Exception(message, inner);
