namespace Causality.Core;

/// <summary>One segment that two operators hold with different content.</summary>
/// <param name="Local">Our copy.</param>
/// <param name="Remote">The peer's copy, as the peer describes it.</param>
public sealed record SegmentDifference(SegmentMetadata Local, SegmentMetadata Remote);
