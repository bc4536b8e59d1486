using Causality.Contracts.Http;

namespace Causality.Transfer.Pulling;

/// <summary>The part of a plan that is being fetched, from which streams take one request after the other. Thread-safe.</summary>
/// <param name="wanted">In the order of the plan.</param>
internal sealed class PullQueue(IReadOnlyList<PlannedSegment> wanted)
{
    private const int MostSegments = 500;
    private const long MostBytes = 16 * 1024 * 1024;

    private const long SmallBytes = 1024 * 1024;

    private readonly Lock _lock = new();
    private int _next;

    /// <summary>True when all of it is at most 1 MiB.</summary>
    public bool IsSmall { get; } = wanted.Sum(planned => planned.Bytes) <= SmallBytes;

    /// <summary>The next request: whole segments, those whose hashes are not known, and parts of segments apart, within the protocol's bounds. Null when nothing is left.</summary>
    /// <param name="mostEntries">About how many entries; a segment that alone has more is a request of its own.</param>
    public PlannedSegment[]? Take(long mostEntries)
    {
        lock (_lock)
        {
            var (request, bytes, entries) = (new List<PlannedSegment>(), 0L, 0L);
            while (_next < wanted.Count && Fits(request, wanted[_next], bytes, entries, mostEntries))
            {
                var planned = wanted[_next++];
                request.Add(planned);
                (bytes, entries) = (bytes + planned.Bytes, entries + planned.Entries);
            }

            return request.Count == 0 ? null : [.. request];
        }
    }

    /// <summary>Leaves the rest: it stays in the plan.</summary>
    public void Clear()
    {
        lock (_lock)
            _next = wanted.Count;
    }

    private static bool Fits(List<PlannedSegment> request, PlannedSegment planned, long bytes, long entries, long mostEntries)
    {
        if (request.Count == 0)
            return true;
        var isPart = planned.Wish.Entries is not null;
        return isPart == request[0].Wish.Entries is not null && planned.Segment.HasContentHash == request[0].Segment.HasContentHash
            && request.Count < MostSegments && bytes + planned.Bytes <= MostBytes && entries + planned.Entries <= (isPart ? Math.Min(mostEntries, SyncLimits.MaxEntryHashes) : mostEntries);
    }
}
