using Causality.Contracts;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_a_step_is_silent(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_time_out_with_what_to_check()
    {
        var compare = await _scheduler.BeginAsync(new SyncOverrides { MaxRetries = 0, SyncTimeoutMs = 5_000 });

        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(5_000));

        var failed = (await _scheduler.Bus.WaitAsync<SyncFailed>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        failed.Reason.ShouldBe(SyncReasons.Timeout);
        failed.Detail.ShouldContain("5000 ms");
        failed.Detail.ShouldContain("Comparing");
        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncFailed));
    }

    [Fact]
    public async Task Should_compare_again_after_a_timeout_and_then_time_out_again_in_time()
    {
        var compare = await _scheduler.BeginAsync(new SyncOverrides { MaxRetries = 1, SyncTimeoutMs = 1_000 });
        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(1_000));
        var waiting = await _scheduler.ReachesAsync(compare.SyncId, "WaitingToRetry");
        waiting.Reason.ShouldBe(SyncReasons.Timeout);
        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(waiting.NextAttemptAt!.Value - _scheduler.Clock.NowMs));
        await _scheduler.CompareAsync(compare.SyncId, attempt: 2);
        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(1_000));

        var failed = (await _scheduler.Bus.WaitAsync<SyncFailed>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        failed.Result.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task Should_give_more_time_for_every_sign_of_life()
    {
        var compare = await _scheduler.BeginAsync(new SyncOverrides { SyncTimeoutMs = 10_000 });
        var twin = await _scheduler.BeginAsync(new SyncOverrides { SyncTimeoutMs = 12_000, MaxRetries = 0 });
        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(9_000));
        await _scheduler.Host.PublishAsync(new SyncStepProgressed { SyncId = compare.SyncId, Attempt = 1, Step = SyncSteps.Compare });
        var deadline = _scheduler.Clock.NowMs + 10_000;
        await _scheduler.ReachesAsync(compare.SyncId, sync => sync.DeadlineAt == deadline, "a later deadline");
        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(3_000));

        // The twin without a sign of life shows that the deadlines were looked at.
        await _scheduler.ReachesAsync(twin.SyncId, "Failed");
        (await _scheduler.SyncAsync(compare.SyncId)).CurrentState.ShouldBe("Comparing");
    }

    [Fact]
    public async Task Should_not_be_ended_by_the_notice_of_a_deadline_that_was_extended()
    {
        var compare = await _scheduler.BeginAsync();

        await _scheduler.Host.PublishAsync(new SyncDeadlinePassed { SyncId = compare.SyncId, DeadlineAt = _scheduler.Clock.NowMs - 1 });
        await _scheduler.SettleAsync();

        (await _scheduler.SyncAsync(compare.SyncId)).CurrentState.ShouldBe("Comparing");
    }
}
