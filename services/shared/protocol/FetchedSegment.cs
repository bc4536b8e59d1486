using Causality.Core;

namespace Causality.Protocol;

/// <summary>What became of one wanted segment.</summary>
/// <param name="Wanted">What was asked for.</param>
/// <param name="Segment">The verified segment, or a segment of the entries asked for; null when it could not be had. Its lines are checked, their hashes not yet worked out.</param>
/// <param name="Reason">One of <c>SyncReasons</c>, or <see cref="Gone"/>; null when <paramref name="Segment"/> is there.</param>
/// <param name="Detail">The same for people, with the hash expected and the hash found where that is the reason.</param>
/// <param name="BytesReceived">Content bytes received for it, whatever became of them.</param>
public sealed record FetchedSegment(SegmentMetadata Wanted, LogSegment? Segment, string? Reason, string? Detail, long BytesReceived)
{
    /// <summary>The peer no longer has the segment with that content (it has grown, or is gone): compare again, no fault.</summary>
    public const string Gone = "gone";
}
