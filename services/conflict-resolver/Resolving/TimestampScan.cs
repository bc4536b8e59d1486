using System.Globalization;
using System.Runtime.CompilerServices;
using Causality.ConflictResolver.Ledger;
using Causality.Core;
using Causality.Storage.Log;
using Causality.Storage.Log.Index;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Finds entries with one timestamp and different ids, by reading the log in order where something changed.</summary>
/// <remarks>No index by time is kept for an option that is off as a rule; reading costs about as much as the changed segments' time ranges hold.</remarks>
internal sealed class TimestampScan(ISyncableStorage log, EntryIndex index)
{
    /// <summary>Most entries of one timestamp that are set against each other; more than that is no conflict but a clock without milliseconds.</summary>
    private const int MaxRivals = 1_000;

    public async IAsyncEnumerable<IReadOnlyList<FoundConflict>> FindAsync(
        IReadOnlyCollection<SegmentMetadata> changed, int versionsPerPiece, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (piece, size) = (new List<FoundConflict>(), 0);
        foreach (var (from, to) in Ranges(changed))
        {
            await foreach (var rivals in GroupsAsync(from, to, cancellationToken))
            {
                piece.Add(new FoundConflict(ConflictKind.SameTimestamp, rivals[0].Key.Timestamp.ToString(CultureInfo.InvariantCulture), rivals));
                size += rivals.Count;
                if (size < versionsPerPiece)
                    continue;
                yield return piece;
                (piece, size) = ([], 0);
            }
        }

        if (piece.Count > 0)
            yield return piece;
    }

    /// <summary>The time ranges of segments, ascending, those that overlap made one.</summary>
    private static List<(long From, long To)> Ranges(IEnumerable<SegmentMetadata> segments)
    {
        var ranges = new List<(long From, long To)>();
        foreach (var segment in segments.OrderBy(segment => segment.StartTimestamp))
        {
            if (ranges.Count > 0 && segment.StartTimestamp <= ranges[^1].To)
                ranges[^1] = (ranges[^1].From, Math.Max(ranges[^1].To, segment.EndTimestamp));
            else
                ranges.Add((segment.StartTimestamp, segment.EndTimestamp));
        }

        return ranges;
    }

    private async IAsyncEnumerable<IReadOnlyList<ContestedVersion>> GroupsAsync(long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var group = new List<ContestedVersion>();
        await foreach (var entry in log.ReadAsync(new LogQuery { FromTimestamp = from, ToTimestamp = to, AllVersions = true }, cancellationToken))
        {
            if (group.Count > 0 && group[0].Key.Timestamp != entry.Timestamp)
            {
                if (Rivals(group) is { } rivals)
                    yield return rivals;
                group.Clear();
            }

            if (group.Count < MaxRivals && index.SegmentsOf(entry.Hash) is { Count: > 0 } segments)
                group.Add(new ContestedVersion(entry.Id, entry.Key, entry.EntryType, entry.TraceId, segments));
        }

        if (Rivals(group) is { } last)
            yield return last;
    }

    /// <summary>The greatest entry of each id, descending by key; null when there is but one id.</summary>
    private static IReadOnlyList<ContestedVersion>? Rivals(List<ContestedVersion> group)
    {
        if (group.Count < 2)
            return null;

        var rivals = group.GroupBy(version => version.EntryId, StringComparer.Ordinal).Select(versions => versions.MaxBy(version => version.Key)!).OrderByDescending(version => version.Key).ToList();
        return rivals.Count < 2 ? null : rivals;
    }
}
