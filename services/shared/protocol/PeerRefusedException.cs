namespace Causality.Protocol;

/// <summary>The peer is not who it should be, or does not let us in. A retry helps only after somebody has changed a pin, a permission or an address.</summary>
/// <param name="reason">One of <c>SyncReasons</c>: <c>pin-mismatch</c>, <c>peer-refused</c> or <c>peer-address-not-allowed</c>.</param>
/// <param name="message">What happened, with the peer's id and address (and the pins expected and found), and what to do.</param>
/// <param name="inner">The error of the transport.</param>
public sealed class PeerRefusedException(string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <c>SyncReasons</c>.</summary>
    public string Reason { get; } = reason;
}
