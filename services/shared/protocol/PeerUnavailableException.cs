namespace Causality.Protocol;

/// <summary>A peer could not be reached, did not answer in time, or asked us to wait. Transient: retry with back-off.</summary>
/// <param name="reason">One of <c>SyncReasons</c>: <c>peer-unavailable</c> or <c>peer-overloaded</c>.</param>
/// <param name="message">What happened, with the peer's id and address, and what to check.</param>
/// <param name="retryAfter">How long the peer asks us to wait; null when it did not say.</param>
/// <param name="inner">The error of the transport.</param>
public sealed class PeerUnavailableException(string reason, string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <c>SyncReasons</c>.</summary>
    public string Reason { get; } = reason;

    /// <summary>How long the peer asks us to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
