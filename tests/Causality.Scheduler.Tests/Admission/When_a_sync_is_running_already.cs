using Causality.Contracts;
using Causality.Scheduler.Syncs;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Admission;

public sealed class When_a_sync_is_running_already(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_let_one_request_wait_and_run_it_next()
    {
        var running = await _scheduler.BeginAsync();
        var waiting = await RequestAsync(running.Peer.Id, new SyncOverrides { BatchSize = 3 });
        waiting.Outcome.ShouldBe(AdmissionOutcome.Waiting);
        await _scheduler.Host.PublishAsync(running.Compared(inSync: true));

        var next = await _scheduler.CompareAsync(waiting.SyncId, attempt: 1);

        next.Settings.BatchSize.ShouldBe(3);
        (await _scheduler.PendingAsync(running.Peer.Id)).ShouldBeNull();
        (await _scheduler.SyncAsync(waiting.SyncId)).RequestedBy.ShouldBe("a test");
    }

    [Fact]
    public async Task Should_cover_the_others_by_the_one_that_waits()
    {
        var running = await _scheduler.BeginAsync();
        var waiting = await RequestAsync(running.Peer.Id);

        var covered = await RequestAsync(running.Peer.Id);

        (covered.Outcome, covered.Reason, covered.CoveredBy).ShouldBe((AdmissionOutcome.Rejected, SyncReasons.Coalesced, waiting.SyncId));
        covered.Detail.ShouldNotBeNull().ShouldContain(waiting.SyncId.ToString());
    }

    [Fact]
    public async Task Should_answer_the_same_request_alike_while_it_waits()
    {
        var running = await _scheduler.BeginAsync();
        var waiting = await RequestAsync(running.Peer.Id);

        var again = (await _scheduler.RequestAsync(new SyncRequested { PeerId = running.Peer.Id, SyncId = waiting.SyncId })).ShouldHaveSingleItem();

        again.ShouldBe(waiting);
    }

    [Fact]
    public async Task Should_run_the_waiting_one_after_a_failure_too()
    {
        var running = await _scheduler.BeginAsync();
        var waiting = await RequestAsync(running.Peer.Id);

        await _scheduler.Host.PublishAsync(running.Failed(SyncReasons.PinMismatch, retryable: false));

        (await _scheduler.CompareAsync(waiting.SyncId, attempt: 1)).Peer.Id.ShouldBe(running.Peer.Id);
    }

    [Fact]
    public async Task Should_reject_the_waiting_one_when_its_peer_is_removed_meanwhile()
    {
        var running = await _scheduler.BeginAsync();
        var waiting = await RequestAsync(running.Peer.Id);
        await _scheduler.Peers.RemoveAsync(running.Peer.Id, TestContext.Current.CancellationToken);

        await _scheduler.Host.PublishAsync(running.Compared(inSync: true));

        var rejected = (await _scheduler.Bus.WaitAsync<SyncRejected>(event_ => event_.SyncId == waiting.SyncId, 1, TestContext.Current.CancellationToken))[0];
        rejected.Reason.ShouldBe(SyncReasons.UnknownPeer);
    }

    private async Task<AdmittedSync> RequestAsync(string peer, SyncOverrides? overrides = null) =>
        (await _scheduler.RequestAsync(new SyncRequested { PeerId = peer, RequestedBy = "a test", Overrides = overrides })).ShouldHaveSingleItem();
}
