using Causality.Core;

namespace Causality.Differ.Comparing;

/// <summary>A segment that is not the same on both sides.</summary>
/// <param name="Local">Our copy; null when there is none.</param>
/// <param name="Remote">The peer's copy, as the peer describes it; null when there is none.</param>
public readonly record struct SegmentPair(SegmentMetadata? Local, SegmentMetadata? Remote);
