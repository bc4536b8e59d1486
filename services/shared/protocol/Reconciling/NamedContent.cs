using Causality.Core;

namespace Causality.Protocol.Reconciling;

/// <summary>A segment with the content that is meant, as far as 8 bytes of its hash can tell.</summary>
/// <param name="Id">The segment.</param>
/// <param name="HashPrefix"><see cref="ContentHash.Prefix"/> of its content: enough to notice that the segment has changed, and it harms nobody to be fooled.</param>
public readonly record struct NamedContent(SegmentId Id, ulong HashPrefix)
{
    /// <summary>The content that metadata describe.</summary>
    public static NamedContent Of(SegmentMetadata segment) => new(segment.Id, segment.ContentHash.Prefix);
}
