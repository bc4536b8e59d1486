using System.Runtime.CompilerServices;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol;
using Causality.Protocol.Reconciling;
using Causality.Storage.Log;

namespace Causality.Differ.Comparing;

/// <summary>Finds differing segments at a cost that follows the difference, not the logs.</summary>
/// <remarks>
/// The first round of Negentropy shows which ranges differ. A peer that gives symbols is asked for those of these ranges only: they cost a third of the bytes of id lists
/// when differences cluster and a fiftieth when they are scattered, and both sides' work follows the size of the ranges. Else ranges are split on to the end. Design §4, level 1.
/// </remarks>
public sealed class ReconcilingFinder(ISyncProtocol protocol)
{
    private const int Chunk = SyncLimits.MaxItemIds;

    /// <summary>Differences in a split range of which all sixteen parts differ: what that shows on average of many.</summary>
    private const double SaturatedPart = 3.5;

    /// <summary>True when most of the peer's log is missing here, so that comparing costs more than reading its list.</summary>
    public static bool IsListCheaper(PeerInfo peer, long ownSegments) => ownSegments == 0 || peer.SegmentCount == 0 || peer.SegmentCount / 3 > ownSegments;

    /// <summary>Every segment that differs, once; in no promised order.</summary>
    public async IAsyncEnumerable<SegmentPair> FindAsync(Comparison comparison, Func<Task> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (log, index) = (comparison.Ours.Log, comparison.Ours.Index);
        var difference = await ReconcileAsync(comparison, progress, cancellationToken);
        var remoteIds = new HashSet<SegmentId>();
        foreach (var request in difference.Needed(Chunk))
        {
            var remote = await protocol.GetReconciledSegmentsAsync(comparison.Peer, request, cancellationToken);
            var local = await LocalAsync(log, remote, cancellationToken);
            if (request.IsBrief && local.Count > 0)
            {
                // One of them has come here meanwhile, or is not one that was meant: only the hashes tell.
                remote = await protocol.GetReconciledSegmentsAsync(comparison.Peer, request with { IsBrief = false }, cancellationToken);
                local = await LocalAsync(log, remote, cancellationToken);
            }

            foreach (var segment in remote)
            {
                remoteIds.Add(segment.Id);
                var ours = local.GetValueOrDefault(segment.Id);
                if (ours?.ContentHash != segment.ContentHash)
                    yield return new SegmentPair(ours, segment);
            }

            await progress();
        }

        if (!comparison.Pushes)
            yield break;
        foreach (var versions in index.Find(difference.Ranges, difference.IsOnlyOurs, int.MaxValue).Chunk(Chunk))
        {
            foreach (var segment in await log.GetSegmentsOfVersionsAsync(versions, cancellationToken))
            {
                if (!remoteIds.Contains(segment.Id))
                    yield return new SegmentPair(segment, null);
            }
        }
    }

    private static async Task<Dictionary<SegmentId, SegmentMetadata>> LocalAsync(ISharedLog log, IReadOnlyList<SegmentMetadata> remote, CancellationToken cancellationToken) =>
        (await log.GetSegmentMetadataAsync(remote.Select(segment => segment.Id).ToList(), cancellationToken)).ToDictionary(segment => segment.Id);

    private async Task<SegmentDifferences> ReconcileAsync(Comparison comparison, Func<Task> progress, CancellationToken cancellationToken)
    {
        var index = comparison.Ours.Index;
        await index.RefreshAsync(cancellationToken);
        var client = index.Read((set, _) => new NegentropyClient(set, SyncLimits.MaxReconciliationBytes, SyncLimits.MaxListLength));
        var message = index.Read((_, _) => client.Begin());
        for (var mayUseSymbols = comparison.Info.Capabilities.Contains(SyncCapabilities.Symbols); message is not null;)
        {
            var answer = await protocol.ReconcileAsync(comparison.Peer, message, cancellationToken);
            message = index.Read((_, _) => client.Read(answer.Span));
            if (message is null)
                break;

            await progress();
            if (mayUseSymbols && client.Pending.Count <= SyncLimits.MaxRanges && await DecodeAsync(comparison, client, cancellationToken) is { } decoded)
                return decoded;
            mayUseSymbols = false;
        }

        return SegmentDifferences.ByItem(client.Need, client.Have);
    }

    private async Task<SegmentDifferences?> DecodeAsync(Comparison comparison, NegentropyClient client, CancellationToken cancellationToken)
    {
        var (key, ranges, index) = (SymbolKey.Random(), client.Pending.ToList(), comparison.Ours.Index);
        var shortIds = index.ShortIds(key, ranges).ShortIds;
        var estimate = Math.Max(Math.Abs(comparison.Info.SegmentCount - index.Count), Scatter(ranges.Count, client.Compared));
        var exchange = new SymbolExchange(
            (from, count) => protocol.GetSegmentSymbolsAsync(comparison.Peer, new SegmentSymbolsRequest(key, from, count, ranges), cancellationToken), _ => shortIds);
        return await exchange.DecodeAsync(estimate) is { } decoder
            ? SegmentDifferences.ByShortId(key, ranges, decoder, client.Need, client.Have)
            : null;
    }

    /// <summary>How many differences strike this many parts of so many, if they fall at random.</summary>
    private static long Scatter(int struck, int parts)
    {
        if (parts <= struck)
            return (long)(SaturatedPart * struck);
        return (long)Math.Min(SaturatedPart * parts, Math.Ceiling(-parts * Math.Log(1.0 - ((double)struck / parts))));
    }
}
