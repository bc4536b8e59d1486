using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Protocol;
using Causality.TestKit.Fakes;

namespace Causality.Scheduler.Tests.Plans;

public sealed class When_somebody_asks_why_logs_differ : PlanTest
{
    [Fact]
    public async Task Should_say_in_sync_only_of_equal_roots()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"));
        (await ExplainAsync()).Figures!.InSync.ShouldBeFalse();
        await Scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled);

        var explained = await ExplainAsync();

        (explained.State, explained.Figures!.InSync, explained.Figures.LocalRoot).ShouldBe((PlanStates.Done, true, explained.Figures.RemoteRoot));
        (await SegmentsAsync(explained)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_call_everything_pending_before_the_first_sync()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"));

        (await ReasonsAsync(await ExplainAsync())).ShouldBe([("a", "in", SyncReasons.Pending)]);
    }

    [Fact]
    public async Task Should_look_both_ways_whatever_the_mode_is()
    {
        await OursAsync(Samples.Segment("ours", 0, 10), Samples.Segment("shared", 100, 20));
        await TheirsAsync(Samples.Segment("shared", 110, 20, "beta"));
        await Scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled);

        var explained = await ExplainAsync();

        explained.Figures!.InSync.ShouldBeFalse();
        explained.LatestSync!.Result.Status.ShouldBe(SyncStatus.Completed, "a sync that pulls has done its part");
        (await ReasonsAsync(explained)).ShouldBe([("ours", "out", SyncReasons.OtherDirection), ("shared", "out", SyncReasons.OtherDirection)]);
        explained.Reasons.ShouldHaveSingleItem().Action.ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_tell_what_came_up_since_the_last_sync()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"));
        await Scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled);
        await TheirsAsync(Samples.Segment("b", 50, 10, "beta"));

        (await ReasonsAsync(await ExplainAsync())).ShouldBe([("b", "in", SyncReasons.ChangedSince)]);
    }

    [Fact]
    public async Task Should_tell_which_segment_failed_and_why()
    {
        await TheirsAsync(Samples.Segment("bad", 0, 10, "beta"), Samples.Segment("good", 20, 10, "beta"));
        Peer.Altered.Add("bad");
        await Scheduler.Manager.SyncWithPeerAsync("beta", new SyncOverrides { MaxRetries = 0 }, Cancelled);

        var explained = await ExplainAsync();

        var segment = (await SegmentsAsync(explained)).ShouldHaveSingleItem();
        (segment.SegmentId, segment.Reason).ShouldBe(("bad", SyncReasons.ContentHashMismatch));
        segment.Detail.ShouldNotBeNull().ShouldContain(Samples.Segment("bad", 0, 10).Metadata.ContentHash.ToString());
        explained.Reasons.ShouldHaveSingleItem().Action.ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_tell_that_a_bound_stopped_the_sync()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"));
        await Scheduler.Manager.SyncWithPeerAsync("beta", new SyncOverrides { MaxImportBytes = 5 }, Cancelled);

        (await ReasonsAsync(await ExplainAsync())).ShouldBe([("a", "in", SyncReasons.ImportLimit)]);
    }

    [Fact]
    public async Task Should_tell_what_the_settings_leave_out()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"));

        (await ReasonsAsync(await ExplainAsync(new SyncOverrides { MaxSegmentAgeMs = 1 }))).ShouldBe([("a", "in", SyncReasons.SegmentTooOld)]);
    }

    [Fact]
    public async Task Should_tell_that_the_peer_is_switched_off()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"));
        await Scheduler.Peers.SetEnabledAsync("beta", false, Cancelled);

        var explained = await ExplainAsync();

        (await ReasonsAsync(explained)).ShouldBe([("a", "in", SyncReasons.PeerDisabled)]);
        explained.NextAttemptAt.ShouldBeNull();
    }

    [Fact]
    public async Task Should_tell_what_is_left_of_the_last_sync_when_the_peer_cannot_be_reached()
    {
        await TheirsAsync(Enumerable.Range(0, 4).Select(number => Samples.Segment($"s{number}", 10 * number, 10, "beta")));
        Peer.BreakNextFetchAfter = 2;
        await Scheduler.Manager.SyncWithPeerAsync("beta", new SyncOverrides { MaxRetries = 0 }, Cancelled);
        Peer.Failure = new PeerUnavailableException(SyncReasons.PeerUnavailable, "Peer 'beta' is away.");

        var explained = await ExplainAsync();

        (explained.State, explained.Reason, explained.Figures).ShouldBe((PlanStates.Failed, SyncReasons.PeerUnavailable, null));
        (await ReasonsAsync(explained)).ShouldBe([("s2", "in", SyncReasons.PeerUnavailable), ("s3", "in", SyncReasons.PeerUnavailable)]);
        explained.LatestSync!.Result.SegmentsSynced.ShouldBe(2);
    }

    [Fact]
    public async Task Should_tell_that_a_running_sync_is_at_it()
    {
        await TheirsAsync(Samples.Segment("a", 0, 10, "beta"));
        Peer.FailNext(new PeerUnavailableException(SyncReasons.PeerOverloaded, "Peer 'beta' is busy.", TimeSpan.FromHours(1)));
        var admitted = await Scheduler.RequestAsync(new SyncRequested { PeerId = "beta" });
        await Scheduler.ReachesAsync(admitted[0].SyncId, "WaitingToRetry");

        var explained = await ExplainAsync();

        (await ReasonsAsync(explained)).ShouldBe([("a", "in", SyncReasons.PeerOverloaded)]);
        explained.NextAttemptAt.ShouldBe(Scheduler.Clock.GetUtcNow().AddHours(1));
    }

    private async Task<List<(string, string, string?)>> ReasonsAsync(SyncPlan plan) =>
        [.. (await SegmentsAsync(plan)).Select(segment => (segment.SegmentId, segment.Direction, segment.Reason))];
}
