using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol;
using Causality.Protocol.Reconciling;
using Causality.Storage.Log.Reconciling;

namespace Causality.Differ.Comparing;

/// <summary>Finds out which entries of segments that both sides hold are missing on either side. Design §4, level 2.</summary>
/// <remarks>With symbols all segments together in one exchange; without, each by Negentropy. Where neither comes to a result the whole segment is moved, which is right and only dearer.</remarks>
public sealed class EntryComparer(ISyncProtocol protocol, EntrySets sets)
{
    private const int AtOnce = 4;

    /// <summary>Compares some segments.</summary>
    /// <param name="comparison">Whom to compare with.</param>
    /// <param name="pairs">Both copies of each: at most <see cref="SyncLimits.MaxReconciledSegments"/>, with no more entries than <see cref="SyncLimits.MaxReconciledEntries"/> on either side.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<EntryDifference>> CompareAsync(Comparison comparison, IReadOnlyList<SegmentPair> pairs, CancellationToken cancellationToken)
    {
        var sorted = pairs.OrderBy(pair => pair.Remote!.Id).ToList();
        var ours = new SortedItemSet?[sorted.Count];
        for (var place = 0; place < ours.Length; place++)
            ours[place] = (await sets.GetAsync(sorted[place].Local!, cancellationToken))?.Entries;
        return comparison.Info.Capabilities.Contains(SyncCapabilities.Symbols)
            ? await TogetherAsync(comparison, sorted, ours, cancellationToken)
            : await OneByOneAsync(comparison.Peer, sorted, ours, cancellationToken);
    }

    private async Task<IReadOnlyList<EntryDifference>> TogetherAsync(Comparison comparison, List<SegmentPair> pairs, SortedItemSet?[] ours, CancellationToken cancellationToken)
    {
        var (key, segments) = (SymbolKey.Random(), pairs.ConvertAll(pair => NamedContent.Of(pair.Remote!)));
        var exchange = new SymbolExchange(
            (from, count) => protocol.GetEntrySymbolsAsync(comparison.Peer, new EntrySymbolsRequest(key, from, count, segments), cancellationToken),
            gone =>
            {
                foreach (var place in gone)
                    ours[place] = null;
                return EntryShortIds.Of(key, ours);
            });
        var estimate = pairs.Sum(pair => Math.Max(2, Math.Abs(pair.Remote!.EntryCount - pair.Local!.EntryCount)));
        if (await exchange.DecodeAsync(estimate) is not { } decoder)
            return pairs.ConvertAll(EntryDifference.Unknown);

        var need = comparison.Pulls ? await HashesAsync(comparison.Peer, key, segments, decoder.Theirs, cancellationToken) : [];
        var have = comparison.Pushes ? EntryShortIds.Find(key, ours, decoder.Ours.ToHashSet()) : [];
        var isComplete = !comparison.Pulls || need.Count == decoder.Theirs.Count(); // Else a segment has changed meanwhile, and we cannot tell which.
        var (needOf, haveOf, gone) = (need.ToLookup(entry => entry.Segment, entry => entry.Hash), have.ToLookup(entry => entry.Segment, entry => entry.Hash), exchange.Gone.ToHashSet());
        return [.. pairs.Select((pair, place) => gone.Contains(place) || !isComplete
            ? EntryDifference.Unknown(pair)
            : new EntryDifference(pair.Local!, pair.Remote!, [.. needOf[place]], [.. haveOf[place]]))];
    }

    private async Task<List<SegmentEntry>> HashesAsync(PeerEndpoint peer, SymbolKey key, List<NamedContent> segments, IEnumerable<ulong> shortIds, CancellationToken cancellationToken)
    {
        var found = new List<SegmentEntry>();
        foreach (var chunk in shortIds.Chunk(SyncLimits.MaxItemIds))
            found.AddRange(await protocol.GetEntryHashesAsync(peer, new EntryHashesRequest(key, segments, chunk), cancellationToken));
        return found;
    }

    private async Task<IReadOnlyList<EntryDifference>> OneByOneAsync(PeerEndpoint peer, List<SegmentPair> pairs, SortedItemSet?[] ours, CancellationToken cancellationToken)
    {
        var found = new EntryDifference[pairs.Count];
        await Parallel.ForAsync(0, pairs.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (place, token) =>
            found[place] = ours[place] is { } set ? await ReconcileAsync(peer, pairs[place], set, token) : EntryDifference.Unknown(pairs[place]));
        return found;
    }

    private async Task<EntryDifference> ReconcileAsync(PeerEndpoint peer, SegmentPair pair, SortedItemSet ours, CancellationToken cancellationToken)
    {
        var client = new NegentropyClient(ours, SyncLimits.MaxReconciliationBytes, SegmentLimits.MaxEntries);
        for (var message = client.Begin(); message is not null;)
        {
            if (await protocol.ReconcileSegmentAsync(peer, pair.Remote!.Id, message, cancellationToken) is not { } answer)
                return EntryDifference.Unknown(pair);
            message = client.Read(answer.Span);
        }

        return new EntryDifference(pair.Local!, pair.Remote!, client.Need, client.Have);
    }
}
