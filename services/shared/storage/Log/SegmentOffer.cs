using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>A segment to be merged into the log.</summary>
/// <param name="Metadata">Verified.</param>
/// <param name="Segment">Its content; null when that stands in the blob batch of the import already.</param>
/// <param name="Extends">A content that it is known to include: if the row has that one, the stored copy need not be read. Default: none.</param>
internal readonly record struct SegmentOffer(SegmentMetadata Metadata, LogSegment? Segment, ContentHash? Extends = null)
{
    /// <summary>An offer with its content in memory.</summary>
    public SegmentOffer(LogSegment segment, ContentHash? extends = null)
        : this(segment.Metadata, segment, extends)
    {
    }
}
