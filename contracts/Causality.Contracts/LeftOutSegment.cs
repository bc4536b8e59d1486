namespace Causality.Contracts;

/// <summary>A segment that a sync has not moved.</summary>
public sealed record LeftOutSegment
{
    /// <summary>The segment.</summary>
    public required string SegmentId { get; init; }

    /// <summary><c>in</c>: the peer has what we lack; <c>out</c>: we have what the peer lacks.</summary>
    public required string Direction { get; init; }

    /// <summary>Why, one of <see cref="SyncReasons"/>.</summary>
    public required string Reason { get; init; }
}
