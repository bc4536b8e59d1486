namespace Causality.Contracts.Http.Control;

/// <summary>The scheduler at one moment.</summary>
public sealed record SchedulerStatus
{
    /// <summary>The operator.</summary>
    public required string OperatorId { get; init; }

    /// <summary>True while the schedule begins syncs.</summary>
    public required bool ScheduleRunning { get; init; }

    /// <summary>The peers, ascending by id.</summary>
    public required IReadOnlyList<PeerInfo> Peers { get; init; }

    /// <summary>The running syncs, oldest first.</summary>
    public required IReadOnlyList<SyncDetails> Running { get; init; }
}
