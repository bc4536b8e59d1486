namespace Causality.Contracts;

/// <summary>A step has moved on (a page compared, a batch stored): proof of life between the saga's steps, at a bounded rate.</summary>
public sealed record SyncStepProgressed
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt that asked.</summary>
    public required int Attempt { get; init; }

    /// <summary>One of <see cref="SyncSteps"/>.</summary>
    public required string Step { get; init; }

    /// <summary>Segments stored or merged so far in the whole sync.</summary>
    public long SegmentsSynced { get; init; }

    /// <summary>Entries new to our log so far in the whole sync.</summary>
    public long EntriesSynced { get; init; }

    /// <summary>Content bytes received so far in the whole sync.</summary>
    public long BytesReceived { get; init; }

    /// <summary>What of the plan is not done yet; null from a step that has no plan.</summary>
    public RemainingWork? Remaining { get; init; }
}
