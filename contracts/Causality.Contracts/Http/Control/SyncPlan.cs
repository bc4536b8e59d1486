namespace Causality.Contracts.Http.Control;

/// <summary>What a sync would do, or why two logs are not equal. Nothing was moved for it; kept for an hour.</summary>
public sealed record SyncPlan
{
    /// <summary>The plan.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>One of <see cref="PlanKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="PlanStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The settings that the sync would have.</summary>
    public required SyncSettings Settings { get; init; }

    /// <summary>Why the logs could not be compared, one of <see cref="SyncReasons"/>; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }

    /// <summary>What to do about it, for people; null for nothing.</summary>
    public string? Action { get; init; }

    /// <summary>What was found; null until the logs are compared.</summary>
    public PlanFigures? Figures { get; init; }

    /// <summary>
    /// Entry ids that would have more than one content, counted from the <see cref="PlanFigures.EntriesLookedAt"/> incoming entries that were read; there may be more among the others.
    /// Null when nobody has counted: always for an explanation.
    /// </summary>
    public long? ConflictsExpected { get; init; }

    /// <summary>True when the sync would stop and ask, because more would come in than its <see cref="SyncSettings.MaxImportBytes"/>.</summary>
    public bool IsOverImportLimit { get; init; }

    /// <summary>Segments on the list by their reason, most first; of a plan only those that would not be moved.</summary>
    public IReadOnlyList<PlanReasonCount> Reasons { get; init; } = [];

    /// <summary>The latest sync with the peer; null when there has been none.</summary>
    public SyncDetails? LatestSync { get; init; }

    /// <summary>When the next attempt or the next sync begins, UTC; null when none is due.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}
