namespace Causality.Core;

/// <summary>Content that is not a segment: a line that is no entry, out of order, repeated, too long or without its end. Not worth a retry.</summary>
/// <param name="segmentId">The segment.</param>
/// <param name="line">The first line at fault, counted from 1; 0 for the content as a whole.</param>
/// <param name="reason">What is wrong, one sentence.</param>
/// <param name="inner">The entry's own error, if there is one.</param>
public sealed class SegmentInvalidException(SegmentId segmentId, int line, string reason, Exception? inner = null)
    : Exception(line > 0 ? $"Segment {segmentId}, line {line}: {reason}" : $"Segment {segmentId}: {reason}", inner)
{
    /// <summary>The segment.</summary>
    public SegmentId SegmentId { get; } = segmentId;

    /// <summary>The first line at fault, counted from 1; 0 for the content as a whole.</summary>
    public int Line { get; } = line;

    /// <summary>What is wrong.</summary>
    public string Reason { get; } = reason;
}
