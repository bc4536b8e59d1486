namespace Causality.Contracts.Http;

/// <summary>Body of <see cref="SyncRoutes.SegmentMetadata"/>.</summary>
public sealed record SegmentMetadataRequest
{
    /// <summary>Segment ids, at most <see cref="SyncLimits.MaxMetadataIds"/>, any order.</summary>
    public required IReadOnlyList<string> Ids { get; init; }
}
