namespace Causality.Contracts.Http;

/// <summary>The JSON header of one frame of a fetch answer.</summary>
/// <remarks>
/// A frame is: the length of this header as four bytes, most significant first; the header; and, with status <c>ok</c>, exactly
/// <see cref="SizeBytes"/> bytes of content, or <see cref="EncodedBytes"/> of compressed content where there is an <see cref="Encoding"/>. With status <c>gone</c> every member but <see cref="Id"/> and <see cref="Status"/> is absent.
/// The frame of some entries has <see cref="EntryCount"/> and <see cref="SizeBytes"/> only.
/// </remarks>
public sealed record FrameHeader
{
    /// <summary>The segment asked for.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="FrameStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>See <see cref="SegmentDescription.Origin"/>.</summary>
    public string? Origin { get; init; }

    /// <summary>See <see cref="SegmentDescription.StartTimestamp"/>.</summary>
    public long? StartTimestamp { get; init; }

    /// <summary>See <see cref="SegmentDescription.EndTimestamp"/>.</summary>
    public long? EndTimestamp { get; init; }

    /// <summary>See <see cref="SegmentDescription.EntryCount"/>.</summary>
    public long? EntryCount { get; init; }

    /// <summary>See <see cref="SegmentDescription.ContentHash"/>.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Number of content bytes, uncompressed.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>How the content that follows is compressed: <c>br</c> (RFC 7932), only where the request offered it in <c>Accept-Encoding</c>. Absent for not at all.</summary>
    public string? Encoding { get; init; }

    /// <summary>Number of bytes that follow the header, where <see cref="Encoding"/> says how they are compressed; not above <see cref="SizeBytes"/>.</summary>
    public long? EncodedBytes { get; init; }
}
