using Causality.Scheduler.StateMachines;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>A sync with a peer, as much of it as a strip or a line of history shows. Times are milliseconds since the Unix epoch.</summary>
public sealed record SyncRun
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>Name of the saga's state.</summary>
    public required string State { get; init; }

    /// <summary>When it was admitted.</summary>
    public required long StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public long? EndedAt { get; init; }

    /// <summary>Who asked.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Reason code of the last thing that went wrong.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Error { get; init; }

    /// <summary>Entries new to our log.</summary>
    public required long EntriesSynced { get; init; }

    /// <summary>Content bytes received.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Entry ids in conflict because of it.</summary>
    public required long Conflicts { get; init; }

    /// <summary>Attempts that failed.</summary>
    public required int Retries { get; init; }

    /// <summary>Both sides' root fingerprint, where the latest comparison found one and the same; else null.</summary>
    public string? EqualRoot { get; init; }

    /// <summary>When the latest comparison was made; null when none was.</summary>
    public long? ComparedAt { get; init; }

    /// <summary>True until it has ended.</summary>
    public bool IsRunning => EndedAt is null;

    /// <summary>True when it has ended well.</summary>
    public bool IsWell => State is nameof(SyncStateMachine.Completed) or nameof(SyncStateMachine.Skipped);

    internal static SyncRun Of(SyncState sync) => new()
    {
        SyncId = sync.CorrelationId,
        State = sync.CurrentState,
        StartedAt = sync.StartedAt,
        EndedAt = sync.EndedAt,
        RequestedBy = sync.RequestedBy,
        Reason = sync.Reason,
        Error = sync.Error,
        EntriesSynced = sync.EntriesSynced,
        BytesReceived = sync.BytesReceived,
        Conflicts = sync.Conflicts,
        Retries = sync.Retries,
        EqualRoot = sync.LocalRoot is { } root && root == sync.RemoteRoot ? root : null,
        ComparedAt = SyncTimeline.ComparedAt(SyncTimeline.Read(sync.Timeline)) ?? (sync.LocalRoot is null ? null : sync.EndedAt),
    };
}
