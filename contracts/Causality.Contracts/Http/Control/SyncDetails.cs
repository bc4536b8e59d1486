namespace Causality.Contracts.Http.Control;

/// <summary>A sync, running or ended.</summary>
public sealed record SyncDetails
{
    /// <summary>The seed's result; its numbers grow while the sync runs.</summary>
    public required SyncResult Result { get; init; }

    /// <summary>Name of the saga's state; <c>Waiting</c> for a follow-up that has not begun because another sync with the peer runs.</summary>
    public required string State { get; init; }

    /// <summary>Who asked.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Segments in the plan.</summary>
    public required long SegmentsPlanned { get; init; }

    /// <summary>Content bytes in the plan.</summary>
    public required long BytesPlanned { get; init; }

    /// <summary>What of the plan is not done yet, counted from its rows at <see cref="LastProgressAt"/>; null before the first comparison has ended. 0 when the sync has ended well; else what it has left undone.</summary>
    public RemainingWork? Remaining { get; init; }

    /// <summary>Time that the transfer needs to finish at its rate so far, in milliseconds; null while nothing can be said.</summary>
    public long? RemainingMs { get; init; }

    /// <summary>Our root fingerprint when last compared.</summary>
    public string? LocalRoot { get; init; }

    /// <summary>The peer's root fingerprint when last compared.</summary>
    public string? RemoteRoot { get; init; }

    /// <summary>Prefixes of the segment ids that both sides share: the roots, and "in sync", are of these segments only; null for the whole log.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    /// <summary>When something last moved, UTC.</summary>
    public required DateTimeOffset LastProgressAt { get; init; }

    /// <summary>When the next attempt begins, UTC; null unless waiting to retry.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}
