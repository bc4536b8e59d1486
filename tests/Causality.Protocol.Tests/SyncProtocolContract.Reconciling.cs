using Causality.Contracts;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;
using Causality.Storage.Log;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

/// <content>What differs.</content>
public abstract partial class SyncProtocolContract
{
    [Fact]
    public async Task Reconciling_finds_the_segments_that_only_the_peer_has()
    {
        for (var number = 0; number < 40; number++)
            await ImportAsync(Samples.Segment($"s{number:d3}", number * 10, 3));
        var theirs = await PeerLog.GetSegmentMetadataAsync((SegmentId?)null, 100, Token);
        var client = new NegentropyClient(SortedItemSet.Of(theirs.Skip(2).Select(ReconciliationItem.Of)), 0, 100);

        for (var message = client.Begin(); message is not null;)
            message = client.Read((await Protocol.ReconcileAsync(Peer, message, Token)).Span);

        (await Protocol.GetReconciledSegmentsAsync(Peer, new SegmentsRequest(null, [ReconciliationRange.Everything], [], client.Need), Token)).ShouldBe(theirs.Take(2));
    }

    [Fact]
    public async Task Symbols_find_the_segments_that_only_the_peer_has()
    {
        for (var number = 0; number < 40; number++)
            await ImportAsync(Samples.Segment($"s{number:d3}", number * 10, 3));
        var theirs = await PeerLog.GetSegmentMetadataAsync((SegmentId?)null, 100, Token);
        var (key, decoder) = (SymbolKey.Random(), new SymbolDecoder());
        var ours = theirs.Skip(2).Select(segment => key.ShortId(ReconciliationItem.Of(segment).Id)).ToArray();

        while (!decoder.IsDecoded)
        {
            var answer = await Protocol.GetSegmentSymbolsAsync(Peer, new SegmentSymbolsRequest(key, decoder.Count, 8, [ReconciliationRange.Everything]), Token);
            decoder.Add(SymbolEncoder.Encode(ours, decoder.Count, 8), answer.Symbols);
        }

        var request = new SegmentsRequest(key, [ReconciliationRange.Everything], [.. decoder.Theirs, 4711], []);
        (await Protocol.GetReconciledSegmentsAsync(Peer, request, Token)).ShouldBe(theirs.Take(2));
        decoder.Ours.ShouldBeEmpty();
    }

    [Fact]
    public async Task Symbols_find_the_entries_that_only_the_peer_has_and_the_segments_that_are_gone()
    {
        var segment = await ImportAsync(Samples.Segment("one", 0, 12));
        var ours = SortedItemSet.Of(Samples.Segment("one", 0, 10));
        NamedContent[] segments = [new(new SegmentId("absent"), 1), NamedContent.Of(segment.Metadata)];
        var (key, decoder) = (SymbolKey.Random(), new SymbolDecoder());

        var answer = await Protocol.GetEntrySymbolsAsync(Peer, new EntrySymbolsRequest(key, 0, 30, segments), Token);
        decoder.Add(SymbolEncoder.Encode(EntryShortIds.Of(key, [null, ours]), 0, 30), answer.Symbols);

        (answer.Gone.Count, answer.Gone[0], answer.Size, decoder.IsDecoded).ShouldBe((1, 0, 12L, true));
        (await Protocol.GetEntryHashesAsync(Peer, new EntryHashesRequest(key, segments, [.. decoder.Theirs]), Token))
            .ShouldBe([new SegmentEntry(1, segment.KeyAt(10).Hash), new SegmentEntry(1, segment.KeyAt(11).Hash)], ignoreOrder: true);
    }

    [Fact]
    public async Task Reconciling_the_entries_of_a_segment_that_is_not_there_gives_nothing() =>
        (await Protocol.ReconcileSegmentAsync(Peer, new SegmentId("absent"), new byte[] { NegentropyLimits.Version }, Token)).ShouldBeNull();

    [Fact]
    public async Task A_message_that_is_not_one_is_a_breach_of_the_protocol() =>
        await Should.ThrowAsync<ProtocolViolationException>(() => Protocol.ReconcileAsync(Peer, new byte[] { 0x61, 0xff }, Token));
}
