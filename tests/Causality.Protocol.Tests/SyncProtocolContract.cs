using Causality.Contracts;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;
using Causality.Storage.Log;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

/// <summary>What every implementation of <see cref="ISyncProtocol"/> must do, whatever carries it.</summary>
public abstract class SyncProtocolContract
{
    /// <summary>The implementation under test.</summary>
    protected abstract ISyncProtocol Protocol { get; }

    /// <summary>A peer that lets us in.</summary>
    protected abstract PeerEndpoint Peer { get; }

    /// <summary>The peer's log.</summary>
    protected abstract ISyncableStorage PeerLog { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Info_of_an_empty_log_has_the_root_of_the_empty_set()
    {
        var info = await Protocol.GetInfoAsync(Peer, Token);

        info.Operator.Value.ShouldBe(Peer.Id);
        info.Root.ShouldBe(LogFingerprint.Empty.ToRoot());
        (info.SegmentCount, info.EntryCount, info.SizeBytes).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Info_tells_the_root_and_the_size_of_the_log()
    {
        var segment = await ImportAsync(Samples.Segment("one", 0, 5));

        var info = await Protocol.GetInfoAsync(Peer, Token);

        info.Root.ShouldBe((await PeerLog.GetHeadAsync(Token)).Fingerprint.ToRoot());
        (info.SegmentCount, info.EntryCount, info.SizeBytes).ShouldBe((1, 5, segment.Metadata.SizeBytes));
    }

    [Fact]
    public async Task Winners_are_what_the_peer_shows_and_unknown_ids_are_left_out()
    {
        var segment = await ImportAsync(Samples.Segment("one", 0, 3));
        var entry = segment.EntryAt(1);

        var winners = await Protocol.GetWinnersAsync(Peer, [entry.Id, "nobody's"], Token);

        winners.ShouldBe(new Dictionary<string, EntryKey> { [entry.Id] = entry.Key });
        (await Protocol.GetWinnersAsync(Peer, [], Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_of_an_empty_log_is_empty() => (await Protocol.GetSegmentListAsync(Peer, Token).ToListAsync(Token)).ShouldBeEmpty();

    [Fact]
    public async Task The_list_is_ascending_and_complete_over_many_pages()
    {
        foreach (var number in Enumerable.Range(0, 25).Reverse())
            await ImportAsync(Samples.Segment($"s{number:d3}", number * 10, 3));

        var list = await Protocol.GetSegmentListAsync(Peer, Token).ToListAsync(Token);

        list.ShouldBe(await PeerLog.GetSegmentMetadataAsync((SegmentId?)null, 100, Token));
        list.Count.ShouldBe(25);
    }

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

    [Fact]
    public async Task Metadata_of_named_segments_leaves_out_the_unknown_ones()
    {
        var two = await ImportAsync(Samples.Segment("two", 10, 2));
        await ImportAsync(Samples.Segment("other", 20, 2));
        var one = await ImportAsync(Samples.Segment("one", 0, 2));

        var found = await Protocol.GetSegmentMetadataAsync(Peer, [new("two"), new("one"), new("absent")], Token);

        found.ShouldBe([one.Metadata, two.Metadata]);
    }

    [Fact]
    public async Task Metadata_of_no_segment_is_empty() => (await Protocol.GetSegmentMetadataAsync(Peer, [], Token)).ShouldBeEmpty();

    [Fact]
    public async Task A_segment_arrives_byte_for_byte()
    {
        var sent = await ImportAsync(Samples.Segment("one", 0, 1000, "somebody-else"));

        var received = await Protocol.GetSegmentAsync(Peer, new("one"), Token);

        received!.Metadata.ShouldBe(sent.Metadata);
        received.Content.Span.SequenceEqual(sent.Content.Span).ShouldBeTrue();
    }

    [Fact]
    public async Task A_segment_that_the_peer_lacks_is_null() => (await Protocol.GetSegmentAsync(Peer, new("absent"), Token)).ShouldBeNull();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetching_answers_every_wanted_segment_in_the_order_asked_for(bool verifyHashes)
    {
        var one = await ImportAsync(Samples.Segment("one", 0, 500));
        var two = await ImportAsync(Samples.Segment("two", 1000, 3));
        var grown = await ImportAsync(Samples.Segment("grown", 2000, 3));
        await ImportAsync(Samples.Segment("grown", 2003, 1));
        var absent = Samples.Segment("absent", 3000, 1);

        var fetched = await Protocol.FetchSegmentsAsync(Peer, [two.Metadata, absent.Metadata, grown.Metadata, one.Metadata], verifyHashes, Token).ToListAsync(Token);

        fetched.Select(result => result.Wanted).ShouldBe([two.Metadata, absent.Metadata, grown.Metadata, one.Metadata]);
        fetched.Select(result => result.Reason).ShouldBe([null, FetchedSegment.Gone, FetchedSegment.Gone, null]);
        fetched[0].Segment!.Metadata.ShouldBe(two.Metadata);
        fetched[3].Segment!.Content.Span.SequenceEqual(one.Content.Span).ShouldBeTrue();
        fetched.Select(result => result.BytesReceived).ShouldBe([two.Metadata.SizeBytes, 0, 0, one.Metadata.SizeBytes]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetching_entries_of_many_segments_brings_these_and_no_others(bool compressed)
    {
        var one = await ImportAsync(Samples.Segment("one", 0, 500));
        var two = await ImportAsync(Samples.Segment("two", 1000, 3));
        var strange = ContentHash.Of("strange"u8);

        var fetched = await Protocol.FetchSegmentsAsync(
            Peer,
            [new(two.Metadata), new(one.Metadata, [one.KeyAt(3).Hash, strange, one.KeyAt(400).Hash]), new(two.Metadata, [strange])],
            new FetchOptions { Compressed = compressed },
            Token).ToListAsync(Token);

        fetched.Select(result => result.Reason).ShouldBe([null, null, FetchedSegment.Gone]);
        fetched[0].Segment!.Metadata.ShouldBe(two.Metadata);
        fetched[1].Segment!.Count.ShouldBe(2);
        Enumerable.Range(0, 2).Select(fetched[1].Segment!.KeyAt).ShouldBe([one.KeyAt(3), one.KeyAt(400)]);
    }

    [Fact]
    public async Task Fetching_only_entries_brings_them_compressed_or_not()
    {
        var one = await ImportAsync(Samples.Segment("one", 0, 500));

        var fetched = await Protocol.FetchSegmentsAsync(Peer, [new SegmentWish(one.Metadata, [one.KeyAt(7).Hash])], new FetchOptions(), Token).SingleAsync(Token);

        fetched.Segment!.EntryAt(0).ShouldBe(one.EntryAt(7));
        fetched.BytesReceived.ShouldBe(one.LineAt(7).Length + 1);
    }

    [Fact]
    public async Task Segments_that_are_new_here_come_without_hashes_and_are_fetched_by_their_size()
    {
        var (one, two) = (await ImportAsync(Samples.Segment("one", 0, 30)), await ImportAsync(Samples.Segment("two", 1000, 3)));
        var items = new[] { one, two }.Select(segment => ReconciliationItem.Of(segment.Metadata).Id).ToList();

        var told = await Protocol.GetReconciledSegmentsAsync(Peer, new SegmentsRequest(null, [ReconciliationRange.Everything], [], items, IsBrief: true), Token);
        var fetched = await Protocol.FetchSegmentsAsync(Peer, [new(told[0]), new(told[1] with { SizeBytes = 1 }), new(told[1])], new FetchOptions(), Token).ToListAsync(Token);

        told.ShouldBe([one.Metadata with { ContentHash = default }, two.Metadata with { ContentHash = default }]);
        fetched.Select(result => result.Reason).ShouldBe([null, FetchedSegment.Gone, null]);
        fetched[0].Segment!.Metadata.ShouldBe(one.Metadata);
        fetched[2].Segment!.Metadata.ShouldBe(two.Metadata);
    }

    [Fact]
    public async Task A_segment_that_is_sent_is_united_with_the_peers_copy()
    {
        var one = Samples.Segment("one", 0, 500);
        var part = LogSegment.FromEntries(one.Metadata.Id, one.Metadata.Origin, [one.EntryAt(4), one.EntryAt(9)]);

        (await Protocol.SendSegmentAsync(Peer, part, null, Token)).ShouldBe(new PushedSegment(2, null, null));
        (await Protocol.SendSegmentAsync(Peer, one, null, Token)).ShouldBe(new PushedSegment(498, null, null));
        (await Protocol.SendSegmentAsync(Peer, one, null, Token)).EntriesAdded.ShouldBe(0);

        (await Protocol.GetSegmentAsync(Peer, one.Metadata.Id, Token))!.Metadata.ShouldBe(one.Metadata);
    }

    [Fact]
    public async Task Fetching_nothing_is_empty() => (await Protocol.FetchSegmentsAsync(Peer, [], true, Token).ToListAsync(Token)).ShouldBeEmpty();

    [Fact]
    public async Task A_segment_over_our_limits_is_not_even_asked_for()
    {
        var small = await ImportAsync(Samples.Segment("small", 0, 2));
        var huge = small.Metadata with { Id = new("huge"), SizeBytes = SegmentLimits.MaxBytes + 1L };

        var fetched = await Protocol.FetchSegmentsAsync(Peer, [huge, small.Metadata], true, Token).ToListAsync(Token);

        fetched.Select(result => result.Reason).ShouldBe([SyncReasons.SegmentTooLarge, null]);
    }

    [Fact]
    public async Task Entries_by_hash_leave_out_those_that_the_segment_lacks()
    {
        await ImportAsync(Samples.Segment("one", 0, 50));

        var entries = await Protocol.GetEntriesAsync(Peer, new("one"), [Samples.Entry(7).Hash, Samples.Entry(99).Hash, Samples.Entry(3).Hash], Token);

        entries!.ShouldBe([Samples.Entry(3), Samples.Entry(7)], ignoreOrder: true);
    }

    [Fact]
    public async Task Entries_of_a_segment_that_the_peer_lacks_are_null() =>
        (await Protocol.GetEntriesAsync(Peer, new("absent"), [Samples.Entry(1).Hash], Token)).ShouldBeNull();

    [Fact]
    public async Task A_wrong_pin_is_refused_with_the_pins_expected_and_found()
    {
        var wrong = Peer with { Pins = [new string('a', 64)] };

        var refused = await Should.ThrowAsync<PeerRefusedException>(() => Protocol.GetInfoAsync(wrong, Token));

        refused.Reason.ShouldBe(SyncReasons.PinMismatch);
        refused.Message.ShouldContain(wrong.Pins[0]);
        refused.Message.ShouldContain(Peer.Pins[0]);
    }

    [Fact]
    public async Task During_a_key_rotation_either_pin_lets_the_peer_in()
    {
        var rotating = Peer with { Pins = [new string('a', 64), Peer.Pins[0].ToUpperInvariant()] };

        (await Protocol.GetInfoAsync(rotating, Token)).Operator.Value.ShouldBe(Peer.Id);
    }

    [Fact]
    public async Task A_peer_that_calls_itself_something_else_is_refused()
    {
        var misnamed = Peer with { Id = "somebody" };

        var refused = await Should.ThrowAsync<PeerRefusedException>(() => Protocol.GetInfoAsync(misnamed, Token));

        refused.Message.ShouldContain(Peer.Id);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Protocol.GetInfoAsync(Peer, cancelled.Token));
    }

    private async Task<LogSegment> ImportAsync(LogSegment segment)
    {
        await PeerLog.ImportSegmentAsync(segment, Token);
        return segment;
    }
}
