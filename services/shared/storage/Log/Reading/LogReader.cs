using System.Runtime.CompilerServices;
using Causality.Core;
using Causality.Storage.Log.Index;
using Causality.Storage.Log.Writing;

namespace Causality.Storage.Log.Reading;

/// <summary>Reads the log in order: a merge of all segments that overlap the range, each opened when the reading reaches its start.</summary>
/// <remarks>Memory: about 32 KiB for each segment that overlaps the present moment of the reading, and a page of rows.</remarks>
internal sealed class LogReader(SegmentCatalog catalog, SegmentContents contents, EntryIndex index, PendingEntries pending, IViewRule rule)
{
    private const int PageOfSegments = 500;

    /// <summary>The entries of a query in (timestamp, hash) order, each once.</summary>
    public async IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!query.AllVersions)
        {
            await rule.RefreshAsync(cancellationToken).ConfigureAwait(false);
            await index.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        EntryKey? last = null;
        await foreach (var entry in MergeAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Timestamp > query.ToTimestamp)
                yield break;
            if (entry.Key == last)
                continue; // The same entry in another segment.

            last = entry.Key;
            if (query.AllVersions || IsShown(entry))
                yield return entry;
        }
    }

    private bool IsShown(LogEntry entry) =>
        !rule.IsHidden(entry.Hash) && (index.LatestRival(entry.Hash) is not { } latest || rule.WinnerOf(entry.Id, latest, () => index.VersionsOf(entry.Id)) == entry.Hash);

    private async IAsyncEnumerable<LogEntry> MergeAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = Math.Max(query.FromTimestamp, query.After?.Timestamp ?? 0);
        var after = After(query, from);
        var open = new PriorityQueue<(IEntryCursor Cursor, LogEntry Entry), EntryKey>();

        // Before the rows are read: an entry that is published in between is then seen twice, and shown once, instead of never.
        await AdvanceAsync(open, new PendingCursor([.. pending.Snapshot(from, query.ToTimestamp).Where(entry => after is null || entry.Key > after)]), cancellationToken)
            .ConfigureAwait(false);

        var segments = SegmentsAsync(from, query.ToTimestamp, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (segments.ConfigureAwait(false))
        {
            var more = await segments.MoveNextAsync().ConfigureAwait(false);
            while (true)
            {
                while (more && (!open.TryPeek(out _, out var next) || segments.Current.StartTimestamp <= next.Timestamp))
                {
                    await AdvanceAsync(open, new SegmentCursor(segments.Current, after, contents), cancellationToken).ConfigureAwait(false);
                    more = await segments.MoveNextAsync().ConfigureAwait(false);
                }

                if (!open.TryDequeue(out var least, out _))
                    yield break;

                yield return least.Entry;
                await AdvanceAsync(open, least.Cursor, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Everything before the range counts as read: the greatest key that is not wanted.</summary>
    private static EntryKey? After(LogQuery query, long from)
    {
        if (query.After is { } after && after.Timestamp >= query.FromTimestamp)
            return after;

        return from > 0 ? new EntryKey(from - 1, Greatest) : null;
    }

    private static readonly ContentHash Greatest = new(Enumerable.Repeat((byte)0xFF, ContentHash.LengthBytes).ToArray());

    private static async ValueTask AdvanceAsync(
        PriorityQueue<(IEntryCursor Cursor, LogEntry Entry), EntryKey> open, IEntryCursor cursor, CancellationToken cancellationToken)
    {
        if (await cursor.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
            open.Enqueue((cursor, entry), entry.Key);
    }

    private async IAsyncEnumerable<SegmentMetadata> SegmentsAsync(long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SegmentMetadata? last = null;
        while (true)
        {
            var page = await catalog.OverlappingAsync(from, to, last, PageOfSegments, cancellationToken).ConfigureAwait(false);
            foreach (var segment in page)
                yield return last = segment;
            if (page.Count < PageOfSegments)
                yield break;
        }
    }
}
