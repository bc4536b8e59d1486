namespace Causality.Contracts.Http;

/// <summary>One segment of a <see cref="FetchRequest"/>.</summary>
public sealed record WantedSegment
{
    /// <summary>The segment.</summary>
    public required string Id { get; init; }

    /// <summary>The content that is wanted; when the segment has another by now, its frame says <c>gone</c>.</summary>
    public required string ContentHash { get; init; }
}
