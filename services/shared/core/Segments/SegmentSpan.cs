namespace Causality.Core;

/// <summary>What a segment's lines come to.</summary>
/// <param name="Count">Number of lines, at least 1.</param>
/// <param name="StartTimestamp">The first line's.</param>
/// <param name="EndTimestamp">The last line's.</param>
internal readonly record struct SegmentSpan(int Count, long StartTimestamp, long EndTimestamp);
