using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Server.Problems;
using Causality.Storage.Log;
using Causality.Storage.Log.Reconciling;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Reconciling;

/// <summary>Answers what peers ask to find out what differs: bytes in, bytes out, whatever carries them. It keeps nothing of a peer between requests.</summary>
/// <param name="storage">The log.</param>
/// <param name="index">Its segments in memory; brought up to date before an answer.</param>
/// <param name="sets">The entries of its segments.</param>
/// <param name="turn">Where peers wait for dear answers.</param>
/// <remarks>Every method throws <see cref="ProtocolViolationException"/> for a request that breaks its format, and <see cref="RequestProblemException"/> for one over a bound.</remarks>
public sealed class ReconciliationDesk(ISharedLog storage, SegmentIndex index, EntrySets sets, SymbolTurn turn)
{
    /// <summary>Answers a message of Negentropy over the segments.</summary>
    public async Task<byte[]> ReconcileAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        return index.Read((set, _) => NegentropyServer.Answer(set, message.Span, SyncLimits.MaxReconciliationBytes));
    }

    /// <summary>Answers a message of Negentropy over the entries of one segment; null when there is no such segment.</summary>
    public async Task<byte[]?> ReconcileSegmentAsync(SegmentId id, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var metadata = await storage.GetSegmentMetadataAsync([id], cancellationToken);
        return metadata.Count > 0 && await sets.GetAsync(metadata[0], cancellationToken) is { } found
            ? NegentropyServer.Answer(found.Entries, message.Span, SyncLimits.MaxReconciliationBytes)
            : null;
    }

    /// <summary>Symbols of the segments in some ranges: <see cref="SegmentSymbolsRequest"/>, <see cref="SymbolsAnswer"/>.</summary>
    public async Task<byte[]> SegmentSymbolsAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = SegmentSymbolsRequest.Read(body.Span);
        if (request.From == 0)
            await index.RefreshAsync(cancellationToken); // Later pages want the set of the first one, if that can still be had.
        return await turn.TakeAsync(() =>
        {
            var (shortIds, version) = index.ShortIds(request.Key, request.Ranges);
            return new SymbolsAnswer((ulong)version, shortIds.Length, [], SymbolEncoder.Encode(shortIds, request.From, request.Count)).ToBytes(request.From);
        }, cancellationToken);
    }

    /// <summary>Metadata of segments that were found by reconciling: <see cref="SegmentsRequest"/>, <see cref="SegmentTableWire"/>, <see cref="SegmentColumnsWire"/>.</summary>
    public async Task<byte[]> SegmentsAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = SegmentsRequest.Read(body.Span);
        await index.RefreshAsync(cancellationToken); // Another replica may have given the symbols.
        var versions = await turn.TakeAsync(() => index.Find(request.Ranges, request.ToFilter(), request.Count), cancellationToken);
        return request.Answer(await storage.GetSegmentsOfVersionsAsync(versions, cancellationToken));
    }

    /// <summary>Symbols of the entries of several segments together: <see cref="EntrySymbolsRequest"/>, <see cref="SymbolsAnswer"/>.</summary>
    public async Task<byte[]> EntrySymbolsAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = EntrySymbolsRequest.Read(body.Span);
        var (entries, gone) = await LoadAsync(request.Segments, cancellationToken);
        return await turn.TakeAsync(() =>
        {
            var shortIds = EntryShortIds.Of(request.Key, entries);
            return new SymbolsAnswer(0, shortIds.Length, gone, SymbolEncoder.Encode(shortIds, request.From, request.Count)).ToBytes(request.From);
        }, cancellationToken);
    }

    /// <summary>Hashes of entries that their symbols have found: <see cref="EntryHashesRequest"/>, <see cref="EntryHashesWire"/>.</summary>
    public async Task<byte[]> EntryHashesAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = EntryHashesRequest.Read(body.Span);
        var (entries, _) = await LoadAsync(request.Segments, cancellationToken);
        return EntryHashesWire.Write(EntryShortIds.Find(request.Key, entries, request.ShortIds.ToHashSet()));
    }

    /// <summary>The entries of the segments that have the content that is meant; null in the places of the others, and those places.</summary>
    private async Task<(SortedItemSet?[] Entries, List<int> Gone)> LoadAsync(IReadOnlyList<NamedContent> segments, CancellationToken cancellationToken)
    {
        var found = (await storage.GetSegmentMetadataAsync(segments.Select(segment => segment.Id).ToList(), cancellationToken)).ToDictionary(segment => segment.Id);
        if (segments.Count > 1 && found.Values.Sum(segment => segment.EntryCount) > SyncLimits.MaxReconciledEntries)
            throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.TooManyItems, $"These segments have more than {SyncLimits.MaxReconciledEntries} entries together; ask for fewer at once.").In("segments");

        var (entries, gone) = (new SortedItemSet?[segments.Count], new List<int>());
        for (var place = 0; place < entries.Length; place++)
        {
            if (found.TryGetValue(segments[place].Id, out var metadata))
                entries[place] = await LoadAsync(metadata, segments[place].HashPrefix, cancellationToken);
            if (entries[place] is null)
                gone.Add(place);
        }

        return (entries, gone);
    }

    private async Task<SortedItemSet?> LoadAsync(SegmentMetadata metadata, ulong hashPrefix, CancellationToken cancellationToken)
    {
        try
        {
            return metadata.ContentHash.Prefix == hashPrefix && await sets.GetAsync(metadata, cancellationToken) is { } found && found.ContentHash.Prefix == hashPrefix ? found.Entries : null;
        }
        catch (Exception damage) when (damage is SegmentContentMissingException or ContentHashMismatchException)
        {
            return null; // One segment that cannot be read must not hold up the others; fetching it says what is wrong with it.
        }
    }
}
