namespace Causality.Contracts;

/// <summary>What a sync did. Every number is counted, never estimated. Seed: "SyncResult".</summary>
public sealed record SyncResult
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>How it stands.</summary>
    public required SyncStatus Status { get; init; }

    /// <summary>Entries that were new to our copies of the segments synced.</summary>
    public required long EntriesSynced { get; init; }

    /// <summary>Segments stored or merged.</summary>
    public required long SegmentsSynced { get; init; }

    /// <summary>Content bytes received from the peer.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Entry ids found with more than one content because of this sync.</summary>
    public required long Conflicts { get; init; }

    /// <summary>Attempts made, at least 1 once the sync has begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>Segments that differed and were not moved, named and with their reasons; null for none.</summary>
    public SyncLeftOut? LeftOut { get; init; }

    /// <summary>When the request was accepted, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the sync ended, UTC; null while it runs.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>One of <see cref="SyncReasons"/> for the last thing that went wrong; null if nothing did.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Error { get; init; }
}
