namespace Causality.Contracts.Http;

/// <summary>The JSON header of one frame of a fetch answer.</summary>
/// <remarks>
/// A frame is: the length of this header as four bytes, most significant first; the header; and, with status <c>ok</c>, exactly
/// <see cref="SizeBytes"/> bytes of content. With status <c>gone</c> every member but <see cref="Id"/> and <see cref="Status"/> is absent.
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

    /// <summary>Number of content bytes that follow the header.</summary>
    public long? SizeBytes { get; init; }
}
