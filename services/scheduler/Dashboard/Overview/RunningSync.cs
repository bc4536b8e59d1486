using Causality.Contracts;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>A sync under way. Every number is counted from its plan; rate and remaining time are null while there is nothing to measure them by.</summary>
public sealed record RunningSync
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>Name of the saga's state.</summary>
    public required string State { get; init; }

    /// <summary>When it was admitted.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Segments in the plan.</summary>
    public required long SegmentsPlanned { get; init; }

    /// <summary>Segments stored or merged.</summary>
    public required long SegmentsSynced { get; init; }

    /// <summary>Content bytes in the plan.</summary>
    public required long BytesPlanned { get; init; }

    /// <summary>Content bytes received.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Entries new to our log so far.</summary>
    public required long EntriesSynced { get; init; }

    /// <summary>What of the plan is not done yet; null while there is no plan.</summary>
    public RemainingWork? Left { get; init; }

    /// <summary>Bytes a second of the present transfer so far.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>Time that the transfer needs at that rate.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>When the next attempt begins; null unless waiting to retry.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>What made it wait; null when nothing went wrong.</summary>
    public string? Reason { get; init; }

    /// <summary>Hundredths of the plan that are done, by bytes of both ways; null while there is no plan.</summary>
    public int? Percent => Left is null || BytesPlanned <= 0 ? null : (int)Math.Clamp((BytesPlanned - Left.Bytes) * 100 / BytesPlanned, 0, 100);

    internal static RunningSync Of(SyncState sync, DateTimeOffset at)
    {
        var now = at.ToUnixTimeMilliseconds();
        var isMoving = sync.CurrentState == nameof(SyncStateMachine.Transferring);
        return new RunningSync
        {
            SyncId = sync.CorrelationId,
            PeerId = sync.PeerId,
            State = sync.CurrentState,
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(sync.StartedAt),
            SegmentsPlanned = sync.SegmentsPlanned,
            SegmentsSynced = sync.SegmentsSynced,
            BytesPlanned = sync.BytesPlanned,
            BytesReceived = sync.BytesReceived,
            EntriesSynced = sync.EntriesSynced,
            Left = sync.RemainingOf(),
            BytesPerSecond = isMoving && sync.TransferStartedAt is { } began && now > began && sync.BytesReceived > sync.BytesBeforeTransfer
                ? (sync.BytesReceived - sync.BytesBeforeTransfer) * 1000.0 / (now - began)
                : null,
            Remaining = isMoving && TransferRate.RemainingMs(sync, now) is { } remaining ? TimeSpan.FromMilliseconds(remaining) : null,
            NextAttemptAt = sync.NextAttemptAt is { } next ? DateTimeOffset.FromUnixTimeMilliseconds(next) : null,
            Reason = sync.Reason,
        };
    }
}
