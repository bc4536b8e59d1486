namespace Causality.Contracts.Http.Control;

/// <summary>A conflict with the decision in force.</summary>
public sealed record ConflictInfo
{
    /// <summary><c>id</c>: one entry id with several contents; <c>timestamp</c>: one timestamp with several ids.</summary>
    public required string Kind { get; init; }

    /// <summary>The entry id, or the timestamp in decimal.</summary>
    public required string Subject { get; init; }

    /// <summary><c>open</c> or <c>decided</c>.</summary>
    public required string State { get; init; }

    /// <summary>Hash of the entry that the view shows, also while the conflict is open.</summary>
    public required string WinnerHash { get; init; }

    /// <summary>The strategy that decided, or that is waited for.</summary>
    public required string Strategy { get; init; }

    /// <summary><c>policy</c>, <c>plugin</c>, <c>message</c> or <c>person</c>.</summary>
    public required string Decider { get; init; }

    /// <summary>Name of the person, program or plug-in; null for the policy.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>The peer that brought the newest version; null for none.</summary>
    public string? PeerId { get; init; }

    /// <summary>The sync that brought it.</summary>
    public Guid? SyncId { get; init; }

    /// <summary>Type of the winner: <c>effect</c>, <c>fact</c> or <c>event</c>.</summary>
    public required string EntryType { get; init; }

    /// <summary>Number of versions.</summary>
    public required long Versions { get; init; }

    /// <summary>Number of decisions so far.</summary>
    public required int Decisions { get; init; }

    /// <summary>When it came to light, UTC.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>When the decision in force was made, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>When the fallback decides if nobody has, UTC; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Version of the latest change: the cursor.</summary>
    public required long Version { get; init; }
}
