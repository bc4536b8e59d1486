namespace Causality.Core.Reconciliation;

/// <summary>The answering side of Negentropy Protocol V1. It keeps nothing between messages.</summary>
/// <remarks>Source: the published protocol ("Range-Based Set Reconciliation", also NIP-77); design §4.</remarks>
public static class NegentropyServer
{
    /// <summary>Answers a client's message.</summary>
    /// <param name="set">Our items; they must not change meanwhile, but may between messages.</param>
    /// <param name="message">Not yet trusted; its length is bounded by the caller.</param>
    /// <param name="frameLimit">Longest answer in bytes, at least <see cref="NegentropyLimits.MinFrameBytes"/>; 0 for no limit.</param>
    /// <returns>The answer. One byte, our version, to a message of another version: the client decides what becomes of that.</returns>
    /// <exception cref="ProtocolViolationException">The message breaks the protocol; the text names field and place.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A frame limit that leaves no room to get on.</exception>
    public static byte[] Answer(IReconciliationSet set, ReadOnlySpan<byte> message, int frameLimit)
    {
        NegentropyClient.CheckFrame(frameLimit);
        return new NegentropyRound(set, frameLimit, null).Answer(message);
    }
}
