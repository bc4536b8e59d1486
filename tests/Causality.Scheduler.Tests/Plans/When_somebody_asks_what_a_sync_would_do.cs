using System.Net;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Protocol;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Tests.Hosting;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Tests.Plans;

public sealed class When_somebody_asks_what_a_sync_would_do : PlanTest
{
    [Fact]
    public async Task Should_tell_what_the_sync_then_does()
    {
        await OursAsync(Samples.Segment("both", 0, 10), Samples.Segment("shared", 100, 20), Samples.Segment("ours", 500, 5));
        await TheirsAsync(Samples.Segment("both", 0, 10), Samples.Segment("shared", 110, 20, "beta"), Samples.Segment("theirs", 200, 30, "beta"), Other("clash", 0, 4));

        var plan = await PlanAsync();
        var result = await Scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled);

        var figures = plan.Figures.ShouldNotBeNull();
        (plan.State, figures.InSync, figures.Incoming.Segments, figures.Incoming.Entries).ShouldBe((PlanStates.Done, false, result.SegmentsSynced, result.EntriesSynced));
        (figures.Outgoing.Segments, figures.LeftOut.Count, figures.SegmentsListed).ShouldBe((0L, 0, 3L));
        (plan.ConflictsExpected, figures.EntriesLookedAt).ShouldBe((result.Conflicts, 44L));
        result.Conflicts.ShouldBe(4);
        (await SegmentsAsync(plan)).Select(segment => (segment.SegmentId, segment.Direction, segment.Entries, segment.IsPart, segment.Reason))
            .ShouldBe([("clash", "in", 4L, false, null), ("shared", "in", 10L, true, null), ("theirs", "in", 30L, false, null)]);
    }

    [Fact]
    public async Task Should_change_nothing()
    {
        await OursAsync(Samples.Segment("ours", 0, 10));
        await TheirsAsync(Samples.Segment("theirs", 20, 10, "beta"));
        var (ours, theirs) = (await Scheduler.Host.Log.GetHeadAsync(Cancelled), await Peer.Log.GetHeadAsync(Cancelled));

        (await PlanAsync(new SyncOverrides { Mode = SyncMode.Both })).Figures!.Outgoing.Entries.ShouldBe(10);

        (await Scheduler.Host.Log.GetHeadAsync(Cancelled)).ShouldBe(ours);
        (await Peer.Log.GetHeadAsync(Cancelled)).ShouldBe(theirs);
        (await Scheduler.Host.QueryAsync(database => database.Set<SyncState>().CountAsync(Cancelled))).ShouldBe(0);
        (await Scheduler.PeerAsync("beta")).LastStatus.ShouldBeNull();
    }

    [Fact]
    public async Task Should_say_so_when_both_roots_are_equal()
    {
        await OursAsync(Samples.Segment("both", 0, 10));
        await TheirsAsync(Samples.Segment("both", 0, 10));

        var plan = await PlanAsync();

        (plan.State, plan.Figures!.InSync, plan.Figures.LocalRoot, plan.ConflictsExpected).ShouldBe((PlanStates.Done, true, plan.Figures.RemoteRoot, 0L));
        plan.Figures.RoundTrips.ShouldBe(0, "the fake peer is no exchange, and one question is all there is to ask");
        (await SegmentsAsync(plan)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_name_what_would_be_left_out_and_why()
    {
        await TheirsAsync(Samples.Segment("old", 0, 10, "beta"), Samples.Segment("young", 900_000_000, 5, "beta"));
        var age = Scheduler.Clock.GetUtcNow().ToUnixTimeMilliseconds() - Samples.Epoch - 1_000_000;

        var plan = await PlanAsync(new SyncOverrides { MaxSegmentAgeMs = Math.Max(1, age) });

        var leftOut = plan.Figures!.LeftOut.ShouldHaveSingleItem();
        (leftOut.Reason, leftOut.Segments, leftOut.Entries).ShouldBe((SyncReasons.SegmentTooOld, 1L, 10L));
        plan.Figures.Incoming.Entries.ShouldBe(5);
        var reason = plan.Reasons.ShouldHaveSingleItem();
        (reason.Reason, reason.Segments).ShouldBe((SyncReasons.SegmentTooOld, 1L));
        reason.Action.ShouldNotBeNull().ShouldContain("maxSegmentAgeMs");
        (await SegmentsAsync(plan)).Select(segment => (segment.SegmentId, segment.Reason)).ShouldBe([("old", SyncReasons.SegmentTooOld), ("young", null)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_tell_whether_the_import_bound_would_stop_it(bool stops)
    {
        var segment = Samples.Segment("theirs", 0, 10, "beta");
        await TheirsAsync(segment);
        var bound = new SyncOverrides { MaxImportBytes = segment.Metadata.SizeBytes - (stops ? 1 : 0) };

        var plan = await PlanAsync(bound);
        var result = await Scheduler.Manager.SyncWithPeerAsync("beta", bound, Cancelled);

        plan.IsOverImportLimit.ShouldBe(stops);
        (result.Status, result.Reason).ShouldBe(stops ? (SyncStatus.Failed, SyncReasons.ImportLimit) : (SyncStatus.Completed, null));
    }

    [Fact]
    public async Task Should_say_why_it_cannot_tell()
    {
        Peer.Failure = new PeerUnavailableException(SyncReasons.PeerUnavailable, "Peer 'beta' is away.");

        var plan = await PlanAsync();

        (plan.State, plan.Reason, plan.Detail, plan.Figures).ShouldBe((PlanStates.Failed, SyncReasons.PeerUnavailable, "Peer 'beta' is away.", null));
        plan.Action.ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_not_let_the_caller_wait_for_ever()
    {
        Peer.Hold();
        await TheirsAsync(Samples.Segment("theirs", 0, 10, "beta"));

        using var answer = await AskAsync("plan", query: "?wait_ms=0");
        var running = await ReadAsync(answer, HttpStatusCode.Accepted);
        var again = await ReadAsync(await AskAsync("plan", query: "?wait_ms=0"), HttpStatusCode.Accepted);
        Peer.Release();

        answer.Headers.Location!.OriginalString.ShouldBe($"/v1/plans/{running.PlanId}");
        again.PlanId.ShouldBe(running.PlanId, "the same question is being answered");
        var done = await Eventually.BecomesAsync(() => ShowAsync(running.PlanId), plan => plan.State == PlanStates.Done, "the plan", Cancelled);
        done.Figures!.Incoming.Entries.ShouldBe(10);
    }

    [Fact]
    public async Task Should_give_the_differ_up_at_the_deadline()
    {
        Peer.Hold();
        var running = await ReadAsync(await AskAsync("plan", query: "?wait_ms=0"), HttpStatusCode.Accepted);

        Scheduler.Clock.Advance(TimeSpan.FromMinutes(6));

        var plan = await Eventually.BecomesAsync(() => ShowAsync(running.PlanId), plan => plan.State == PlanStates.Failed, "the end of patience", Cancelled);
        plan.Reason.ShouldBe(SyncReasons.Timeout);
        Peer.Release();
    }

    [Fact]
    public async Task Should_page_through_the_list()
    {
        await TheirsAsync(Enumerable.Range(0, 5).Select(number => Samples.Segment($"s{number}", 10 * number, 10, "beta")));
        var plan = await PlanAsync();
        var (found, after) = (new List<string>(), (string?)null);

        do
        {
            var page = await PageAsync(plan.PlanId, $"?limit=2{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}");
            page.Segments.Count.ShouldBeLessThanOrEqualTo(2);
            found.AddRange(page.Segments.Select(segment => segment.SegmentId));
            after = page.Next;
        }
        while (after is not null);

        found.ShouldBe(["s0", "s1", "s2", "s3", "s4"]);
    }

    [Fact]
    public async Task Should_forget_it_with_its_list_after_an_hour()
    {
        await TheirsAsync(Samples.Segment("theirs", 0, 10, "beta"));
        var plan = await PlanAsync();

        Scheduler.Clock.Advance(TimeSpan.FromMinutes(71));

        await Eventually.BecomesAsync(() => Http.GetAsync($"/v1/plans/{plan.PlanId}", Cancelled), answer => answer.StatusCode == HttpStatusCode.NotFound, "the plan to be forgotten", Cancelled);
        (await Scheduler.Host.PlanAsync(plan.PlanId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_forget_the_plans_of_syncs_with_the_syncs()
    {
        await TheirsAsync(Samples.Segment("theirs", 0, 10, "beta"));
        var result = await Scheduler.Manager.SyncWithPeerAsync("beta", null, Cancelled);
        (await Scheduler.Host.PlanAsync(result.SyncId)).ShouldNotBeEmpty();

        Scheduler.Clock.Advance(TimeSpan.FromDays(31));

        await Eventually.BecomesAsync(() => Scheduler.Host.PlanAsync(result.SyncId), rows => rows.Count == 0, "the plan to be forgotten", Cancelled);
        (await Scheduler.Host.QueryAsync(database => database.Set<SyncState>().CountAsync(sync => sync.CorrelationId == result.SyncId, Cancelled))).ShouldBe(0);
    }

    [Fact]
    public async Task Should_refuse_what_makes_no_sense()
    {
        await AskAsync("plan", peer: "nobody").ProblemAsync(HttpStatusCode.NotFound, SyncReasons.UnknownPeer);
        await AskAsync("plan", new SyncOverrides { BatchSize = 0 }).ProblemAsync(HttpStatusCode.BadRequest, SyncReasons.InvalidRequest);
        (await AskAsync("plan", query: "?wait_ms=60001").ProblemAsync(HttpStatusCode.BadRequest, "field-out-of-range")).Text("field").ShouldBe("wait_ms");
        await Http.GetAsync($"/v1/plans/{Guid.NewGuid()}", Cancelled).ProblemAsync(HttpStatusCode.NotFound, "unknown-plan");
        await Http.GetAsync($"/v1/plans/{Guid.NewGuid()}/segments", Cancelled).ProblemAsync(HttpStatusCode.NotFound, "unknown-plan");
        (await Http.GetAsync($"/v1/plans/{Guid.NewGuid()}/segments?limit=0", Cancelled).ProblemAsync(HttpStatusCode.BadRequest, "field-out-of-range")).Text("field").ShouldBe("limit");
    }
}
