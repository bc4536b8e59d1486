namespace Causality.Core;

/// <summary>How a peer's segments compare with ours.</summary>
/// <remarks>The lists are disjoint, each ascending by <see cref="SegmentMetadata.Id"/>; segments with equal hashes appear in none. Seed: "LogDiff".</remarks>
public sealed record LogDiff
{
    /// <summary>Segments that the peer has and we lack, as the peer describes them.</summary>
    public required IReadOnlyList<SegmentMetadata> MissingLocally { get; init; }

    /// <summary>Segments that we have and the peer lacks.</summary>
    public required IReadOnlyList<SegmentMetadata> MissingRemotely { get; init; }

    /// <summary>Segments that both have, with different content.</summary>
    public required IReadOnlyList<SegmentDifference> Differing { get; init; }

    /// <summary>True when no list has an element: both hold the same segments.</summary>
    public bool IsEmpty => MissingLocally.Count == 0 && MissingRemotely.Count == 0 && Differing.Count == 0;
}
