using Causality.Contracts;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_a_peer_is_paused(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_hold_its_running_sync_back_and_stop_the_work_on_it()
    {
        var compare = await _scheduler.BeginAsync();

        await _scheduler.Peers.SetEnabledAsync(compare.Peer.Id, enabled: false, TestContext.Current.CancellationToken);

        var paused = await _scheduler.ReachesAsync(compare.SyncId, "Paused");
        paused.DeadlineAt.ShouldNotBeNull();
        (await _scheduler.Bus.WaitAsync<StopSyncWork>(stop => stop.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0].Attempt.ShouldBe(1);
        _scheduler.Ends(compare.SyncId).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_compare_anew_when_it_is_resumed()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Peers.SetEnabledAsync(compare.Peer.Id, enabled: false, TestContext.Current.CancellationToken);
        await _scheduler.ReachesAsync(compare.SyncId, "Paused");

        await _scheduler.Peers.SetEnabledAsync(compare.Peer.Id, enabled: true, TestContext.Current.CancellationToken);

        var again = await _scheduler.CompareAsync(compare.SyncId, attempt: 2);
        await _scheduler.Host.PublishAsync(again.Compared(inSync: true));
        await _scheduler.ReachesAsync(compare.SyncId, "Skipped");
        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncSkipped));
    }

    [Fact]
    public async Task Should_ignore_the_answer_to_what_was_paused()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Peers.SetEnabledAsync(compare.Peer.Id, enabled: false, TestContext.Current.CancellationToken);
        await _scheduler.ReachesAsync(compare.SyncId, "Paused");

        await _scheduler.Host.PublishAsync(compare.Compared(segments: 3));
        await _scheduler.SettleAsync();

        (await _scheduler.SyncAsync(compare.SyncId)).CurrentState.ShouldBe("Paused");
    }
}
