using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>A segment whose blob is not in the store: somebody removed it, or a backup of the blobs is older than the database's. Not worth a retry.</summary>
/// <param name="segmentId">The segment.</param>
/// <param name="contentHash">The name of its blob.</param>
public sealed class SegmentContentMissingException(SegmentId segmentId, ContentHash contentHash)
    : Exception($"Segment {segmentId}: its content, blob {contentHash}, is missing from the store; restore that blob from a backup or from another operator that holds the segment.")
{
    /// <summary>The segment.</summary>
    public SegmentId SegmentId { get; } = segmentId;

    /// <summary>The name of its blob.</summary>
    public ContentHash ContentHash { get; } = contentHash;
}
