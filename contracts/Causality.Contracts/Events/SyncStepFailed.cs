namespace Causality.Contracts;

/// <summary>A step of a sync could not be done, for a reason that is known.</summary>
public sealed record SyncStepFailed
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt that asked.</summary>
    public required int Attempt { get; init; }

    /// <summary>One of <see cref="SyncSteps"/>.</summary>
    public required string Step { get; init; }

    /// <summary>One of <see cref="SyncReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>One or two sentences for people: what happened, with names and hashes, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>Segments stored or merged so far in the whole sync: a step may fail in part.</summary>
    public long SegmentsSynced { get; init; }

    /// <summary>Entries new to our log so far in the whole sync.</summary>
    public long EntriesSynced { get; init; }

    /// <summary>Content bytes received so far in the whole sync.</summary>
    public long BytesReceived { get; init; }

    /// <summary>What of the plan is not done yet; null from a step that has no plan.</summary>
    public RemainingWork? Remaining { get; init; }

    /// <summary>How long the peer asks us to wait before the next attempt, in milliseconds; null when it did not say.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>False when trying again cannot help.</summary>
    public required bool Retryable { get; init; }
}
