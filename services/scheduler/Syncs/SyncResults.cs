using Causality.Contracts;
using Causality.Scheduler.StateMachines;

namespace Causality.Scheduler.Syncs;

/// <summary>Reads the seed's <c>SyncResult</c> off a sync's row: counted numbers only.</summary>
internal static class SyncResults
{
    public static SyncResult ToResult(this SyncState sync) => new()
    {
        SyncId = sync.CorrelationId,
        PeerId = sync.PeerId,
        Status = StatusOf(sync),
        EntriesSynced = sync.EntriesSynced,
        SegmentsSynced = sync.SegmentsSynced,
        BytesReceived = sync.BytesReceived,
        Conflicts = sync.Conflicts,
        Attempts = sync.Retries + 1,
        LeftOut = sync.LeftOutOf(),
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(sync.StartedAt),
        CompletedAt = sync.EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
        Reason = sync.Reason,
        Error = sync.Error,
    };

    private static SyncStatus StatusOf(SyncState sync) => sync.CurrentState switch
    {
        nameof(SyncStateMachine.Completed) => SyncStatus.Completed,
        nameof(SyncStateMachine.Skipped) => SyncStatus.Skipped,
        nameof(SyncStateMachine.Failed) => SyncStatus.Failed,
        nameof(SyncStateMachine.Cancelled) => SyncStatus.Cancelled,
        _ => SyncStatus.InProgress,
    };
}
