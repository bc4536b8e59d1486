namespace Causality.Contracts.Http;

/// <summary>Answer of <see cref="SyncRoutes.SegmentMetadata"/>.</summary>
public sealed record SegmentMetadataAnswer
{
    /// <summary>The segments that the server has among those asked for, strictly ascending by id.</summary>
    public required IReadOnlyList<SegmentDescription> Segments { get; init; }
}
