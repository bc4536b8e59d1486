using System.Runtime.CompilerServices;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Log;

namespace Causality.Differ.Comparing;

/// <summary>Finds differing segments by reading both lists side by side, in order of the ids.</summary>
/// <remarks>O(n) on the wire, whatever the difference is, and constant memory: for logs of which most is missing. Seed: "Differential Synchronization", steps 1 and 2.</remarks>
public sealed class ListFinder(ISyncProtocol protocol)
{
    private const int PageSize = 10_000;
    private const int ProgressEvery = 1_000;

    /// <summary>Every segment that differs, ascending by id.</summary>
    /// <param name="comparison">Whom to compare with.</param>
    /// <param name="takeEverything">Gives the peer's segments without ours beside them, and ours without the peer's: nothing is compared.</param>
    /// <param name="progress">Called after every 1,000 of the peer's segments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<SegmentPair> FindAsync(Comparison comparison, bool takeEverything, Func<Task> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var ours = LocalAsync(comparison.Ours.Log, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var (hasOurs, count) = (await ours.MoveNextAsync(), 0);
        SegmentId? last = null;
        await foreach (var remote in protocol.GetSegmentListAsync(comparison.Peer, cancellationToken))
        {
            RequireAscending(last, remote.Id);
            last = remote.Id;
            for (; hasOurs && ours.Current.Id < remote.Id; hasOurs = await ours.MoveNextAsync())
                yield return new SegmentPair(ours.Current, null);

            var local = hasOurs && ours.Current.Id == remote.Id ? ours.Current : null;
            if (takeEverything)
                yield return new SegmentPair(null, remote);
            if (takeEverything ? local is not null : local?.ContentHash != remote.ContentHash)
                yield return new SegmentPair(local, takeEverything ? null : remote);
            if (local is not null)
                hasOurs = await ours.MoveNextAsync();
            if (++count % ProgressEvery == 0)
                await progress();
        }

        for (; hasOurs; hasOurs = await ours.MoveNextAsync())
            yield return new SegmentPair(ours.Current, null);
    }

    // Without it the same row would be planned twice.
    private static void RequireAscending(SegmentId? last, SegmentId next)
    {
        if (last is { } before && next.CompareTo(before) <= 0)
            throw new ProtocolViolationException(next == before ? $"The peer lists segment {next} twice; a segment id is unique." : $"The peer lists segment {next} after {before}; the list ascends by id.");
    }

    private static async IAsyncEnumerable<SegmentMetadata> LocalAsync(ISharedLog log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SegmentId? after = null;
        while (true)
        {
            var page = await log.GetSegmentMetadataAsync(after, PageSize, cancellationToken);
            foreach (var segment in page)
                yield return segment;
            if (page.Count < PageSize)
                yield break;
            after = page[^1].Id;
        }
    }
}
