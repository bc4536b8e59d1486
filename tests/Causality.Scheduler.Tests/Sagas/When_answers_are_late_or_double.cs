using Causality.Contracts;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_answers_are_late_or_double(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_ignore_the_answer_to_an_earlier_comparison()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Failed());
        var waiting = await _scheduler.ReachesAsync(compare.SyncId, "WaitingToRetry");
        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(waiting.NextAttemptAt!.Value - _scheduler.Clock.NowMs));
        await _scheduler.CompareAsync(compare.SyncId, attempt: 2);

        await _scheduler.Host.PublishAsync(compare.Compared(segments: 9));
        await _scheduler.Host.PublishAsync(compare.Failed(SyncReasons.PinMismatch, retryable: false));
        await _scheduler.SettleAsync();

        var sync = await _scheduler.SyncAsync(compare.SyncId);
        (sync.CurrentState, sync.SegmentsPlanned).ShouldBe(("Comparing", 0L));
        _scheduler.Ends(compare.SyncId).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_take_each_answer_once()
    {
        var compare = await _scheduler.BeginAsync();
        await TwiceAsync(compare.Compared(segments: 2));
        var transfer = await _scheduler.TransferAsync(compare.SyncId);
        await TwiceAsync(transfer.Transferred(stored: 1, remaining: 1));
        await TwiceAsync((await _scheduler.TransferAsync(compare.SyncId, share: 2)).Transferred(stored: 2));
        await TwiceAsync((await _scheduler.ResolveAsync(compare.SyncId)).Resolved(conflicts: 1));
        await _scheduler.ReachesAsync(compare.SyncId, "Completed");
        await _scheduler.SettleAsync();

        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncCompleted));
        _scheduler.Bus.Of<TransferSegments>(command => command.SyncId == compare.SyncId).Select(command => command.Share).ShouldBe([1, 2]);
        _scheduler.Bus.Of<ResolveConflicts>(command => command.SyncId == compare.SyncId).Count.ShouldBe(1);
        (await _scheduler.PeerAsync(compare.Peer.Id)).SuccessfulSyncs.ShouldBe(1);
    }

    [Fact]
    public async Task Should_ignore_the_answer_to_an_earlier_share()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 4));
        var first = await _scheduler.TransferAsync(compare.SyncId);
        await _scheduler.Host.PublishAsync(first.Transferred(stored: 1, remaining: 3));
        await _scheduler.TransferAsync(compare.SyncId, share: 2);

        await _scheduler.Host.PublishAsync(first.Transferred(stored: 4));
        await _scheduler.SettleAsync();

        (await _scheduler.SyncAsync(compare.SyncId)).CurrentState.ShouldBe("Transferring");
    }

    [Fact]
    public async Task Should_pass_over_answers_to_syncs_that_nobody_knows()
    {
        var compare = await _scheduler.BeginAsync();

        await _scheduler.Host.PublishAsync(compare.Compared(segments: 1) with { SyncId = Guid.NewGuid() });
        await _scheduler.SettleAsync();

        (await _scheduler.SyncAsync(compare.SyncId)).CurrentState.ShouldBe("Comparing");
    }

    [Fact]
    public async Task Counts_never_go_back()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 5));
        await _scheduler.TransferAsync(compare.SyncId);
        foreach (var stored in new[] { 4, 2 })
            await _scheduler.Host.PublishAsync(new SyncStepProgressed { SyncId = compare.SyncId, Attempt = 1, Step = SyncSteps.Transfer, SegmentsSynced = stored, EntriesSynced = stored, BytesReceived = stored });
        await _scheduler.ReachesAsync(compare.SyncId, sync => sync.SegmentsSynced == 4, "four segments");
        await _scheduler.SettleAsync();

        var sync = await _scheduler.SyncAsync(compare.SyncId);
        (sync.SegmentsSynced, sync.EntriesSynced, sync.BytesReceived).ShouldBe((4L, 4L, 4L));
    }

    private async Task TwiceAsync<T>(T answer) where T : class
    {
        await _scheduler.Host.PublishAsync(answer);
        await _scheduler.Host.PublishAsync(answer);
    }
}
