namespace Causality.Contracts;

/// <summary><c>transfer</c> has finished a share of the plan. Totals count the whole sync so far, from the plan's rows.</summary>
public sealed record SegmentsTransferred
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt that asked.</summary>
    public required int Attempt { get; init; }

    /// <summary>The share that asked.</summary>
    public required int Share { get; init; }

    /// <summary>Segments of the plan still to be fetched; 0 when the plan is carried out.</summary>
    public required long SegmentsRemaining { get; init; }

    /// <summary>Segments that had changed or gone at the peer before they could be fetched in this attempt: compare again.</summary>
    public required long SegmentsGone { get; init; }

    /// <summary>Segments stored or merged.</summary>
    public required long SegmentsSynced { get; init; }

    /// <summary>Entries that our copy of those segments did not have before.</summary>
    public required long EntriesSynced { get; init; }

    /// <summary>Content bytes received from the peer.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>What of the plan is not done yet: with what has failed or gone and would be tried again by another attempt.</summary>
    public RemainingWork? Remaining { get; init; }
}
