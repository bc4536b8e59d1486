namespace Causality.Contracts;

/// <summary>Conflicts have been decided, or decided anew. One event for all that were decided together, so that a sync with very many conflicts is not as many events.</summary>
public sealed record ConflictResolved
{
    /// <summary>The sync that brought them to light; null for what came in or was decided outside of syncs.</summary>
    public Guid? SyncId { get; init; }

    /// <summary>The peer that brought the newest versions; null for none.</summary>
    public string? PeerId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Conflicts decided.</summary>
    public required long Count { get; init; }

    /// <summary>The first of them, at most 100. All of them: the conflicts of the control API whose <c>version</c> is at most <see cref="LedgerVersion"/> and more than the event's before.</summary>
    public required IReadOnlyList<ResolvedConflict> Conflicts { get; init; }

    /// <summary>The version of the ledger that these decisions made.</summary>
    public required long LedgerVersion { get; init; }
}
