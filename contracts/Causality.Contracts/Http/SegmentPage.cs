namespace Causality.Contracts.Http;

/// <summary>Answer of <see cref="SyncRoutes.Segments"/>: one page of the list.</summary>
public sealed record SegmentPage
{
    /// <summary>Strictly ascending by id, by the order of the characters' codes; empty only when nothing follows.</summary>
    public required IReadOnlyList<SegmentDescription> Segments { get; init; }

    /// <summary>What to pass as <c>after</c> for the next page: the last id of this one. Null (or absent) on the last page.</summary>
    public string? Next { get; init; }
}
