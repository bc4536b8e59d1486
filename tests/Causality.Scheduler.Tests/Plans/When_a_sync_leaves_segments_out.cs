using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.TestKit.Fakes;

namespace Causality.Scheduler.Tests.Plans;

/// <summary>What a sync has not moved is named in its result, and an explanation right after it says the same.</summary>
public sealed class When_a_sync_leaves_segments_out : PlanTest
{
    private static readonly SyncOverrides Once = new() { MaxRetries = 0 };

    [Fact]
    public async Task Should_name_nothing_when_everything_was_moved()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"));

        (await SyncAsync(SyncStatus.Completed)).LeftOut.ShouldBeNull();
        (await SyncAsync(SyncStatus.Skipped)).LeftOut.ShouldBeNull();
    }

    [Fact]
    public async Task Should_name_what_is_older_than_the_limit_though_nothing_else_was_to_do()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"), Samples.Segment("b", 10, 10, "beta"));
        var overrides = new SyncOverrides { MaxSegmentAgeMs = 1 };

        var result = await SyncAsync(SyncStatus.Skipped, overrides);

        Named(result).ShouldBe([("a", "in", SyncReasons.SegmentTooOld), ("b", "in", SyncReasons.SegmentTooOld)]);
        await ShouldAgreeAsync(result, overrides);
        var skipped = await Scheduler.Bus.WaitAsync<SyncSkipped>(end => end.SyncId == result.SyncId, 1, Cancelled);
        Named(skipped[0].Result).ShouldBe(Named(result), "the event tells the same as the control API");
    }

    [Fact]
    public async Task Should_name_what_was_altered_and_not_what_came()
    {
        await TheirsAsync(Samples.Segment("bad", 0, 10, "beta"), Samples.Segment("good", 20, 10, "beta"));
        Peer.Altered.Add("bad");

        var result = await SyncAsync(SyncStatus.Failed, Once);

        Named(result).ShouldBe([("bad", "in", SyncReasons.ContentHashMismatch)]);
        await ShouldAgreeAsync(result);
    }

    [Fact]
    public async Task Should_name_what_the_bound_has_kept_out()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"));
        var overrides = new SyncOverrides { MaxImportBytes = 5 };

        var result = await SyncAsync(SyncStatus.Failed, overrides);

        Named(result).ShouldBe([("a", "in", SyncReasons.ImportLimit)]);
        result.LeftOut!.ByReason.ShouldHaveSingleItem().Bytes.ShouldBe(Samples.Segment("a", 0, 10).Content.Length);
        await ShouldAgreeAsync(result, overrides);
    }

    [Fact]
    public async Task Should_name_what_the_peer_refuses()
    {
        await OursAsync(Samples.Segment("bad", 0, 10), Samples.Segment("good", 20, 10));
        Peer.Refused["bad"] = SyncReasons.PeerRefused;
        var overrides = new SyncOverrides { Mode = SyncMode.Push };

        var result = await SyncAsync(SyncStatus.Failed, overrides);

        Named(result).ShouldBe([("bad", "out", SyncReasons.PeerRefused)]);
        (await ShowSyncAsync(result.SyncId)).Remaining.ShouldBe(new RemainingWork { Segments = 0, Entries = 0, Bytes = 0 }, "another attempt would not move it");
        await ShouldAgreeAsync(result, overrides);
    }

    [Fact]
    public async Task Should_name_what_is_gone_at_the_peer_again_and_again()
    {
        await TheirsAsync(Samples.Segment("gone", 0, 10, "beta"), Samples.Segment("good", 20, 10, "beta"));
        Peer.Vanished.Add("gone");

        var result = await SyncAsync(SyncStatus.Completed);

        Named(result).ShouldBe([("gone", "in", SyncReasons.ChangedSince)]);
        await ShouldAgreeAsync(result);
    }

    [Fact]
    public async Task Should_name_what_only_one_side_shares()
    {
        await TheirsAsync(Samples.Segment("orders-1", 0, 10, "beta"), Samples.Segment("secrets-1", 20, 10, "beta"));
        await Scheduler.Peers.AddAsync(new PeerRequest { Id = "beta", Address = "https://beta.example:7443", Pins = [TestKit.Operators.FakePeer.Pin], Scope = ["orders-"] }, Cancelled);

        var result = await SyncAsync(SyncStatus.Completed);

        (result.SegmentsSynced, Named(result).ShouldHaveSingleItem()).ShouldBe((1L, ("secrets-1", "in", SyncReasons.OutsideScope)));
        await ShouldAgreeAsync(result);
    }

    [Fact]
    public async Task Should_count_all_and_name_the_first()
    {
        await TheirsAsync(Enumerable.Range(0, 1_100).Select(number => Samples.Segment($"s{number:0000}", number, 1, "beta")));

        var result = await SyncAsync(SyncStatus.Skipped, new SyncOverrides { MaxSegmentAgeMs = 1 });

        (result.LeftOut!.Segments, result.LeftOut.ByReason.Single().Entries, result.LeftOut.Named.Count).ShouldBe((1_100L, 1_100L, SyncLeftOut.MostNamed));
        result.LeftOut.Named[0].SegmentId.ShouldBe("s0000");
    }

    private static List<(string, string, string)> Named(SyncResult result) =>
        [.. result.LeftOut.ShouldNotBeNull().Named.Select(segment => (segment.SegmentId, segment.Direction, segment.Reason))];

    private async Task<SyncResult> SyncAsync(SyncStatus expected, SyncOverrides? overrides = null)
    {
        var result = await Scheduler.Manager.SyncWithPeerAsync("beta", overrides, Cancelled);
        result.Status.ShouldBe(expected, result.Error);
        return result;
    }

    private async Task ShouldAgreeAsync(SyncResult result, SyncOverrides? overrides = null)
    {
        var explained = await SegmentsAsync(await ExplainAsync(overrides));
        explained.Select(segment => (segment.SegmentId, segment.Direction, segment.Reason)).ShouldBe(Named(result).Select(named => (named.Item1, named.Item2, (string?)named.Item3)));
        result.LeftOut!.Segments.ShouldBe(explained.Count);
        Named((await ShowSyncAsync(result.SyncId)).Result).ShouldBe(Named(result));
    }
}
