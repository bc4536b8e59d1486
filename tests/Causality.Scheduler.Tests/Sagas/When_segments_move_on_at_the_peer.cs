using Causality.Contracts;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_segments_move_on_at_the_peer(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_compare_again_and_leave_the_rest_to_the_next_sync_in_the_end()
    {
        var compare = await _scheduler.BeginAsync();
        for (var round = 0; round <= SyncTransitions.MaxRounds; round++)
        {
            var again = await _scheduler.CompareAsync(compare.SyncId, attempt: round + 1);
            await _scheduler.Host.PublishAsync(again.Compared(segments: 2));
            await _scheduler.Host.PublishAsync((await _scheduler.TransferAsync(compare.SyncId, round + 1)).Transferred(stored: round + 1, gone: 1));
        }

        await _scheduler.Host.PublishAsync((await _scheduler.ResolveAsync(compare.SyncId, SyncTransitions.MaxRounds + 1)).Resolved());

        var completed = (await _scheduler.Bus.WaitAsync<SyncCompleted>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        completed.Result.SegmentsSynced.ShouldBe(SyncTransitions.MaxRounds + 1);
        completed.Result.Attempts.ShouldBe(1, "comparing again is no retry");
        _scheduler.Bus.Of<CompareSegments>(command => command.SyncId == compare.SyncId).Count.ShouldBe(SyncTransitions.MaxRounds + 1);
    }

    [Fact]
    public async Task Should_resolve_what_came_when_the_second_comparison_finds_nothing_more()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 2));
        await _scheduler.Host.PublishAsync((await _scheduler.TransferAsync(compare.SyncId)).Transferred(stored: 1, gone: 1));
        await _scheduler.Host.PublishAsync((await _scheduler.CompareAsync(compare.SyncId, attempt: 2)).Compared(segments: 0));
        await _scheduler.Host.PublishAsync((await _scheduler.ResolveAsync(compare.SyncId, attempt: 2)).Resolved(conflicts: 1));

        var completed = (await _scheduler.Bus.WaitAsync<SyncCompleted>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        (completed.Result.SegmentsSynced, completed.Result.Conflicts).ShouldBe((1L, 1L));
    }
}
