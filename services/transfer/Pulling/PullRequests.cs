using Causality.Contracts.Http;

namespace Causality.Transfer.Pulling;

/// <summary>Divides a plan into requests.</summary>
internal static class PullRequests
{
    private const int MostSegments = 500;
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>Requests in the order of the plan, whole segments, those whose hashes are not known, and parts of segments apart, each within the protocol's bounds and small enough that the streams end at about the same time.</summary>
    public static IEnumerable<PlannedSegment[]> Divide(IReadOnlyList<PlannedSegment> wanted)
    {
        var (request, bytes, entries) = (new List<PlannedSegment>(), 0L, 0);
        foreach (var planned in wanted)
        {
            var named = planned.Wish.Entries?.Count ?? 0;
            if (request.Count > 0 && (request.Count == MostSegments || bytes + planned.Bytes > MostBytes || entries + named > SyncLimits.MaxEntryHashes || (named > 0) != (entries > 0) || planned.Segment.HasContentHash != request[0].Segment.HasContentHash))
            {
                yield return [.. request];
                (bytes, entries) = (0, 0);
                request.Clear();
            }

            request.Add(planned);
            (bytes, entries) = (bytes + planned.Bytes, entries + named);
        }

        if (request.Count > 0)
            yield return [.. request];
    }
}
