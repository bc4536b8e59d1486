namespace Causality.Contracts.Http;

/// <summary>Metadata of one segment on the wire. Seed: "SegmentMetadata".</summary>
public sealed record SegmentDescription
{
    /// <summary>The segment, <c>[A-Za-z0-9][A-Za-z0-9._-]{0,127}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The operator that writes it, <c>[a-z0-9][a-z0-9-]{0,62}</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Smallest timestamp, milliseconds since the Unix epoch, from 0.</summary>
    public required long StartTimestamp { get; init; }

    /// <summary>Greatest timestamp, milliseconds since the Unix epoch; not below <see cref="StartTimestamp"/>.</summary>
    public required long EndTimestamp { get; init; }

    /// <summary>Number of entries, from 1.</summary>
    public required long EntryCount { get; init; }

    /// <summary>SHA-256 of the content, 64 lower-case hex digits.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Length of the content, in bytes, from 1.</summary>
    public required long SizeBytes { get; init; }
}
