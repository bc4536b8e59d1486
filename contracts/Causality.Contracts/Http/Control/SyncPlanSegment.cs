namespace Causality.Contracts.Http.Control;

/// <summary>A segment that is not the same on both sides.</summary>
public sealed record SyncPlanSegment
{
    /// <summary>The segment.</summary>
    public required string SegmentId { get; init; }

    /// <summary>The content that differs, lower-case hex: the peer's for <c>in</c>, ours for <c>out</c>.</summary>
    public required string ContentHash { get; init; }

    /// <summary><c>in</c>: the peer has what we lack; <c>out</c>: we have what the peer lacks. A segment of which both have something stands here twice.</summary>
    public required string Direction { get; init; }

    /// <summary>Entries that differ; all of the segment's where it moves as a whole.</summary>
    public required long Entries { get; init; }

    /// <summary>Content bytes of them.</summary>
    public required long Bytes { get; init; }

    /// <summary>True when only those entries move.</summary>
    public required bool IsPart { get; init; }

    /// <summary>Why it would not be moved (plan), or why it is not equal yet (explanation), one of <see cref="SyncReasons"/>; null when the plan moves it.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }
}
