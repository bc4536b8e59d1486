namespace Causality.Core;

/// <summary>A segment whose bytes are not the ones its metadata promised: corruption or tampering. Not worth an immediate retry; nothing of it was stored.</summary>
/// <param name="segmentId">The segment.</param>
/// <param name="expected">The hash that the metadata promised.</param>
/// <param name="actual">The hash of the bytes that came.</param>
public sealed class ContentHashMismatchException(SegmentId segmentId, ContentHash expected, ContentHash actual)
    : Exception($"Segment {segmentId}: expected content hash {expected}, found {actual}; the bytes were altered or damaged, and nothing of them was stored.")
{
    /// <summary>The segment.</summary>
    public SegmentId SegmentId { get; } = segmentId;

    /// <summary>The hash that the metadata promised.</summary>
    public ContentHash Expected { get; } = expected;

    /// <summary>The hash of the bytes that came.</summary>
    public ContentHash Actual { get; } = actual;
}
