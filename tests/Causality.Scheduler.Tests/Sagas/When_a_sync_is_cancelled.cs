using Causality.Contracts;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_a_sync_is_cancelled(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Theory]
    [InlineData("Requested")]
    [InlineData("Comparing")]
    [InlineData("Transferring")]
    [InlineData("Resolving")]
    [InlineData("WaitingToRetry")]
    public async Task Should_end_in_any_state(string state)
    {
        var syncId = await BringToAsync(state);

        await _scheduler.CancelAsync(syncId);

        var cancelled = (await _scheduler.Bus.WaitAsync<SyncCancelled>(end => end.SyncId == syncId, 1, TestContext.Current.CancellationToken))[0];
        (cancelled.Detail, cancelled.Result.Status, cancelled.Result.Reason).ShouldBe(("the test wants so", SyncStatus.Cancelled, SyncReasons.Cancelled));
        await _scheduler.EndsAsync(syncId, nameof(SyncCancelled));
        var row = await _scheduler.SyncAsync(syncId);
        (row.Active, row.DeadlineAt, row.NextAttemptAt).ShouldBe((false, null, null));
        var peer = await _scheduler.PeerAsync(row.PeerId);
        (peer.SuccessfulSyncs, peer.FailedSyncs, peer.LastStatus).ShouldBe((0L, 0L, "Cancelled"));
    }

    [Fact]
    public async Task Should_leave_an_ended_one_as_it_is()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(inSync: true));
        await _scheduler.ReachesAsync(compare.SyncId, "Skipped");

        await _scheduler.CancelAsync(compare.SyncId);
        await _scheduler.SettleAsync();

        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncSkipped));
        (await _scheduler.SyncAsync(compare.SyncId)).CurrentState.ShouldBe("Skipped");
    }

    [Fact]
    public async Task Should_ignore_the_answers_that_come_afterwards()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.CancelAsync(compare.SyncId);
        await _scheduler.ReachesAsync(compare.SyncId, "Cancelled");

        await _scheduler.Host.PublishAsync(compare.Compared(segments: 2));
        await _scheduler.SettleAsync();

        (await _scheduler.SyncAsync(compare.SyncId)).CurrentState.ShouldBe("Cancelled");
        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncCancelled));
        _scheduler.Bus.Of<TransferSegments>(command => command.SyncId == compare.SyncId).ShouldBeEmpty();
    }

    private async Task<Guid> BringToAsync(string state)
    {
        if (state == "Requested")
            return await MakeRequestedAsync();
        var compare = await _scheduler.BeginAsync();
        if (state == "WaitingToRetry")
            await _scheduler.Host.PublishAsync(compare.Failed());
        else if (state != "Comparing")
            await _scheduler.Host.PublishAsync(compare.Compared(segments: 1));
        if (state == "Resolving")
            await _scheduler.Host.PublishAsync((await _scheduler.TransferAsync(compare.SyncId)).Transferred(stored: 1));
        await _scheduler.ReachesAsync(compare.SyncId, state);
        return compare.SyncId;
    }

    // As a sync stands between its admission and the first message to its saga.
    private async Task<Guid> MakeRequestedAsync()
    {
        var (peer, syncId) = (await _scheduler.AddPeerAsync(), Guid.NewGuid());
        var model = await _scheduler.SyncAsync((await _scheduler.BeginAsync()).SyncId);
        await _scheduler.Host.ChangeAsync(database =>
        {
            database.Add(new SyncState
            {
                CorrelationId = syncId,
                CurrentState = "Requested",
                Active = true,
                PeerId = peer,
                Peer = model.Peer,
                Settings = model.Settings,
                StartedAt = model.StartedAt,
                DeadlineAt = model.DeadlineAt,
            });
            return Task.CompletedTask;
        });
        return syncId;
    }
}
