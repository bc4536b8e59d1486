namespace Causality.Core;

/// <summary>What operators compare instead of the segments themselves.</summary>
/// <remarks>Two segments with the same <see cref="Id"/> and <see cref="ContentHash"/> hold the same bytes, everywhere and for ever. Seed: "SegmentMetadata"; design §2 point 3.</remarks>
public sealed record SegmentMetadata
{
    /// <summary>The name of the segment.</summary>
    public required SegmentId Id { get; init; }

    /// <summary>The operator that writes (or wrote) the segment.</summary>
    public required OperatorId Origin { get; init; }

    /// <summary>Smallest timestamp of its entries, milliseconds since the Unix epoch.</summary>
    public required long StartTimestamp { get; init; }

    /// <summary>Greatest timestamp of its entries, milliseconds since the Unix epoch; not below <see cref="StartTimestamp"/>.</summary>
    public required long EndTimestamp { get; init; }

    /// <summary>Number of entries, at least 1: a segment is never empty.</summary>
    public required long EntryCount { get; init; }

    /// <summary>SHA-256 of the uncompressed content; <c>default</c> where a peer has not said it yet: it comes with the content.</summary>
    public required ContentHash ContentHash { get; init; }

    /// <summary>False for a segment of which a peer has told everything but the hash.</summary>
    public bool HasContentHash => ContentHash != default;

    /// <summary>Length of the uncompressed content, in bytes.</summary>
    public required long SizeBytes { get; init; }
}
