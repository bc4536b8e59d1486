using Causality.Contracts;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;
using Causality.Storage.Log;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

/// <content>What moves.</content>
public abstract partial class SyncProtocolContract
{
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
}
