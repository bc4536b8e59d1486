using System.Runtime.CompilerServices;
using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Log;

namespace Causality.Differ.Comparing;

/// <summary>Compares by reading both lists side by side, in order of the ids, a page at a time.</summary>
/// <remarks>O(n) on the wire, whatever the difference is, and constant memory. Seed: "Differential Synchronization", steps 1 and 2.</remarks>
public sealed class ListComparer(ISyncProtocol protocol, ISyncableStorage storage) : ISegmentComparer
{
    private const int PageSize = 1_000;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SegmentMetadata> FindMissingAsync(PeerEndpoint peer, Func<Task> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new List<SegmentMetadata>(PageSize);
        SegmentId? last = null;
        await foreach (var remote in protocol.GetSegmentListAsync(peer, cancellationToken))
        {
            RequireAscending(last, remote.Id);
            last = remote.Id;
            page.Add(remote);
            if (page.Count < PageSize)
                continue;
            foreach (var missing in await CompareAsync(page, cancellationToken))
                yield return missing;
            page.Clear();
            await progress();
        }

        foreach (var missing in await CompareAsync(page, cancellationToken))
            yield return missing;
    }

    // Within a page the differ sees a repeated id; over the pages only the order shows it, and without it the same row would be planned twice.
    private static void RequireAscending(SegmentId? last, SegmentId next)
    {
        if (last is { } before && next.CompareTo(before) <= 0)
            throw new ProtocolViolationException(next == before ? $"The peer lists segment {next} twice; a segment id is unique." : $"The peer lists segment {next} after {before}; the list ascends by id.");
    }

    private async Task<IEnumerable<SegmentMetadata>> CompareAsync(List<SegmentMetadata> remote, CancellationToken cancellationToken)
    {
        if (remote.Count == 0)
            return [];

        var local = await storage.GetSegmentMetadataAsync(remote.ConvertAll(segment => segment.Id), cancellationToken);
        var diff = SegmentDiffer.Compare(local, remote);
        return diff.MissingLocally.Concat(diff.Differing.Select(difference => difference.Remote));
    }
}
