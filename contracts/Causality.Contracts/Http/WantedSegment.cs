namespace Causality.Contracts.Http;

/// <summary>One segment of a <see cref="FetchRequest"/>.</summary>
public sealed record WantedSegment
{
    /// <summary>The segment.</summary>
    public required string Id { get; init; }

    /// <summary>The content that is wanted; when the segment has another by now, its frame says <c>gone</c>. Absent only where <see cref="Entries"/> are named.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Only these entries, whatever the segment's content is by now: their hashes, 32 bytes each, one after the other, in base64. Absent for the whole segment.</summary>
    public byte[]? Entries { get; init; }
}
