using Causality.Contracts;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_a_sync_takes_too_long_as_a_whole(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_fail_although_it_moves_and_has_retries_left()
    {
        var compare = await _scheduler.BeginAsync(new SyncOverrides { MaxSyncDurationMs = 20_000, SyncTimeoutMs = 15_000, MaxRetries = 5 });
        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(14_000));
        await _scheduler.Host.PublishAsync(new SyncStepProgressed { SyncId = compare.SyncId, Attempt = 1, Step = SyncSteps.Compare });
        var end = (await _scheduler.SyncAsync(compare.SyncId)).EndsBy;
        await _scheduler.ReachesAsync(compare.SyncId, sync => sync.DeadlineAt == end, "a deadline at the end of the whole sync");

        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(6_000));

        var failed = (await _scheduler.Bus.WaitAsync<SyncFailed>(sync => sync.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        (failed.Reason, failed.Result.Attempts).ShouldBe((SyncReasons.MaxDuration, 1));
        failed.Detail.ShouldContain("20000 ms");
    }
}
