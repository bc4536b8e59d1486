namespace Causality.Core;

/// <summary>Compares two lists of segment metadata.</summary>
public static class SegmentDiffer
{
    /// <summary>Finds which segments each side lacks and which differ in content.</summary>
    /// <param name="local">Unique by <see cref="SegmentId"/>, any order; empty for a new operator.</param>
    /// <param name="remote">As the peer sent it, not yet trusted; same uniqueness.</param>
    /// <returns>Three disjoint lists, each ascending by <see cref="SegmentId"/>; equal hashes appear in none.</returns>
    /// <exception cref="ProtocolViolationException">A duplicate id in <paramref name="remote"/>: fail the sync, keep the peer.</exception>
    /// <exception cref="ArgumentException">A duplicate id in <paramref name="local"/>: a fault of our own storage.</exception>
    /// <remarks>O(n log n). Seed: "Differential Synchronization", steps 1–2.</remarks>
    public static LogDiff Compare(IEnumerable<SegmentMetadata> local, IEnumerable<SegmentMetadata> remote)
    {
        var ours = Sort(local);
        var theirs = Sort(remote);
        if (FindRepeated(ours) is { } own)
            throw new ArgumentException($"Segment {own} is listed twice.", nameof(local));
        if (FindRepeated(theirs) is { } foreign)
            throw new ProtocolViolationException($"The peer lists segment {foreign} twice; a segment id is unique.");

        return Merge(ours, theirs);
    }

    private static LogDiff Merge(SegmentMetadata[] ours, SegmentMetadata[] theirs)
    {
        List<SegmentMetadata> missingLocally = [], missingRemotely = [];
        List<SegmentDifference> differing = [];
        for (int left = 0, right = 0; left < ours.Length || right < theirs.Length;)
        {
            var order = left == ours.Length ? 1 : right == theirs.Length ? -1 : ours[left].Id.CompareTo(theirs[right].Id);
            if (order < 0)
            {
                missingRemotely.Add(ours[left++]);
            }
            else if (order > 0)
            {
                missingLocally.Add(theirs[right++]);
            }
            else
            {
                var (mine, other) = (ours[left++], theirs[right++]);
                if (mine.ContentHash != other.ContentHash)
                    differing.Add(new SegmentDifference(mine, other));
            }
        }

        return new LogDiff { MissingLocally = missingLocally, MissingRemotely = missingRemotely, Differing = differing };
    }

    private static SegmentMetadata[] Sort(IEnumerable<SegmentMetadata> segments)
    {
        var sorted = segments.ToArray();
        Array.Sort(sorted, static (left, right) => left.Id.CompareTo(right.Id));
        return sorted;
    }

    private static SegmentId? FindRepeated(SegmentMetadata[] sorted)
    {
        for (var index = 1; index < sorted.Length; index++)
        {
            if (sorted[index - 1].Id == sorted[index].Id)
                return sorted[index].Id;
        }

        return null;
    }
}
