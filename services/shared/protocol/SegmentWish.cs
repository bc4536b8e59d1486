using Causality.Core;

namespace Causality.Protocol;

/// <summary>What is wanted of one segment of a peer.</summary>
/// <param name="Segment">The segment as the peer described it.</param>
/// <param name="Entries">Only these entries, by hash; null for the whole content.</param>
public sealed record SegmentWish(SegmentMetadata Segment, IReadOnlyList<ContentHash>? Entries = null);
