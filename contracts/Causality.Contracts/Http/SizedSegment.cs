namespace Causality.Contracts.Http;

/// <summary>One segment of a <see cref="FetchRequest"/> whose content hash the client does not know yet.</summary>
public sealed record SizedSegment
{
    /// <summary>The segment.</summary>
    public required string Id { get; init; }

    /// <summary>The size of the content that is wanted, in bytes, from 1; when the segment has another by now, its frame says <c>gone</c>. A segment only ever grows.</summary>
    public required long SizeBytes { get; init; }
}
