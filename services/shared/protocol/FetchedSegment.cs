using System.Buffers;
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
    private byte[]? _rented;

    /// <summary>The peer no longer has the segment with that content (it has grown, or is gone): compare again, no fault.</summary>
    public const string Gone = "gone";

    /// <summary>The same with a buffer of the shared pool, which holds the content of <see cref="Segment"/>.</summary>
    public FetchedSegment In(byte[] rented)
    {
        _rented = rented;
        return this;
    }

    /// <summary>Gives the memory of <see cref="Segment"/> back; nobody may use its content afterwards. Optional: without it the collector does so, at a price.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
