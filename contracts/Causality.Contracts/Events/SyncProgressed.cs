namespace Causality.Contracts;

/// <summary>A running sync has moved on. Counts come from the plan, at a bounded rate.</summary>
public sealed record SyncProgressed
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The state of the sync: <c>Comparing</c>, <c>Transferring</c> or <c>Resolving</c>.</summary>
    public required string State { get; init; }

    /// <summary>Segments to fetch in all.</summary>
    public required long SegmentsPlanned { get; init; }

    /// <summary>Segments stored or merged so far.</summary>
    public required long SegmentsSynced { get; init; }

    /// <summary>Entries new to our log so far.</summary>
    public required long EntriesSynced { get; init; }

    /// <summary>Content bytes to receive in all.</summary>
    public required long BytesPlanned { get; init; }

    /// <summary>Content bytes received so far.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>What of the plan is not done yet; null before the first comparison has ended.</summary>
    public RemainingWork? Remaining { get; init; }

    /// <summary>Time that the transfer needs to finish at its rate so far, in milliseconds; null while nothing can be said.</summary>
    public long? RemainingMs { get; init; }
}
