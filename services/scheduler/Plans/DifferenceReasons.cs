using Causality.Contracts;
using Causality.Core;
using Causality.Scheduler.StateMachines;
using Causality.Storage.Database.Records;

namespace Causality.Scheduler.Plans;

/// <summary>Why a segment is not the same on both sides: found from what a comparison says now and what the latest sync has done about it.</summary>
/// <param name="sync">The latest sync with the peer; null when there has been none.</param>
/// <param name="settings">What syncs with the peer do.</param>
/// <param name="isPeerEnabled">False while it is switched off.</param>
/// <param name="isOverImportLimit">True when the next sync would stop because too much would come in.</param>
internal sealed class DifferenceReasons(SyncState? sync, SyncSettings settings, bool isPeerEnabled, bool isOverImportLimit)
{
    private static readonly string HashComesLater = default(ContentHash).ToString();

    /// <summary>The reason, and the same for people; never null.</summary>
    /// <param name="now">What the comparison found.</param>
    /// <param name="before">What the latest sync had planned for the segment in that direction; null for nothing.</param>
    public (string Reason, string? Detail) Of(PlanSegmentRecord now, PlanSegmentRecord? before)
    {
        if (now.State is PlanSegmentState.Excluded or PlanSegmentState.Failed)
            return (now.Reason!, now.Detail);
        if (!isPeerEnabled)
            return (SyncReasons.PeerDisabled, "The peer is switched off, so no sync begins.");
        if (IsOtherDirection(now.Direction))
            return (SyncReasons.OtherDirection, $"Syncs with this peer are of mode {settings.Mode}.");
        if (before is { State: PlanSegmentState.Failed } failed && IsOfSameContent(failed, now))
            return (failed.Reason!, failed.Detail);
        if (sync is null)
            return (SyncReasons.Pending, "There has been no sync with this peer yet.");
        return sync.Active ? WhileRunning(sync, before) : AfterEnd(sync, now, before);
    }

    /// <summary>Where either comparison was spared the hash, it goes by the size, as the fetch does.</summary>
    private static bool IsOfSameContent(PlanSegmentRecord before, PlanSegmentRecord now) =>
        before.ContentHash == now.ContentHash || ((before.ContentHash == HashComesLater || now.ContentHash == HashComesLater) && before.SizeBytes == now.SizeBytes);

    private bool IsOtherDirection(PlanDirection direction) => direction == PlanDirection.In ? settings.Mode == SyncMode.Push : settings.Mode == SyncMode.Pull;

    private static (string Reason, string? Detail) WhileRunning(SyncState sync, PlanSegmentRecord? before)
    {
        if (sync.CurrentState == nameof(SyncStateMachine.WaitingToRetry) && sync.Reason is { } reason)
            return (reason, sync.Error);
        var isMoving = sync.CurrentState != nameof(SyncStateMachine.Transferring) || before is { State: PlanSegmentState.Pending };
        return isMoving
            ? (SyncReasons.Pending, $"Sync {sync.CorrelationId} is in state {sync.CurrentState}.")
            : (SyncReasons.ChangedSince, $"It came up after sync {sync.CorrelationId} had compared.");
    }

    private (string Reason, string? Detail) AfterEnd(SyncState sync, PlanSegmentRecord now, PlanSegmentRecord? before)
    {
        var isLeft = before is { State: PlanSegmentState.Pending };
        // A sync that ended before it could plan has left everything.
        if (sync.Reason is { } reason && (isLeft || sync.SegmentsPlanned == 0))
            return (reason, sync.Error);
        if (isOverImportLimit && now.Direction == PlanDirection.In)
            return (SyncReasons.ImportLimit, $"More would come in than the bound of {settings.MaxImportBytes} bytes.");
        return isLeft
            ? (SyncReasons.Pending, $"Sync {sync.CorrelationId} ended before it came to it.")
            : (SyncReasons.ChangedSince, $"It is new or has changed since sync {sync.CorrelationId} compared.");
    }
}
