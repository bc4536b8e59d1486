using Causality.Scheduler.StateMachines;

namespace Causality.Scheduler.Syncs;

/// <summary>How long a transfer still takes, if it goes on as it has gone so far. Both ways count, in the plan's own bytes.</summary>
internal static class TransferRate
{
    /// <summary>Milliseconds; null before anything has moved, when no honest figure can be given.</summary>
    public static long? RemainingMs(SyncState sync, long now)
    {
        if (sync is not { TransferStartedAt: { } began, BytesRemaining: { } remaining } || now <= began)
            return null;
        var moved = sync.BytesPlanned - sync.BytesBeforeTransfer - remaining;
        return moved <= 0 ? null : (long)((double)(now - began) * remaining / moved);
    }
}
