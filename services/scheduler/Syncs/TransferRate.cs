using Causality.Scheduler.StateMachines;

namespace Causality.Scheduler.Syncs;

/// <summary>How long a transfer still takes, if it goes on as it has gone so far.</summary>
internal static class TransferRate
{
    /// <summary>Milliseconds; null before anything has come in, when no honest figure can be given.</summary>
    public static long? RemainingMs(SyncState sync, long now)
    {
        var received = sync.BytesReceived - sync.BytesBeforeTransfer;
        var remaining = sync.BytesPlanned - sync.BytesReceived;
        if (sync.TransferStartedAt is not { } began || received <= 0 || now <= began)
            return null;
        return remaining <= 0 ? 0 : (long)((double)(now - began) * remaining / received);
    }
}
