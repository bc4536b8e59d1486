namespace Causality.Storage.Log;

/// <summary>The pushes of a peer have added as much as they may. Nothing was stored. Not worth a retry before somebody has raised the quota.</summary>
/// <param name="peerId">The peer.</param>
/// <param name="quotaBytes">Its quota.</param>
/// <param name="usedBytes">What its pushes have added.</param>
public sealed class PeerQuotaExceededException(string peerId, long quotaBytes, long usedBytes)
    : Exception($"The pushes of peer '{peerId}' have added {usedBytes} bytes; with this one they would be over the {quotaBytes} that they may add.")
{
    /// <summary>The quota.</summary>
    public long QuotaBytes { get; } = quotaBytes;
}
