using System.Net.Http.Json;
using System.Text.Json;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_a_sync_counts_what_is_left(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly SchedulerHost _scheduler = shared.Scheduler;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_know_nothing_before_the_plan_and_reach_zero_exactly_at_the_end()
    {
        var compare = await _scheduler.BeginAsync();
        (await DetailsAsync(compare.SyncId)).Remaining.ShouldBeNull();

        await _scheduler.Host.PublishAsync(compare.Compared(segments: 5));
        var first = await _scheduler.TransferAsync(compare.SyncId, share: 1);
        (await DetailsAsync(compare.SyncId)).Remaining.ShouldBe(StepAnswers.Left(5));
        await _scheduler.Host.PublishAsync(first.Transferred(stored: 2, remaining: 3));
        var second = await _scheduler.TransferAsync(compare.SyncId, share: 2);
        (await DetailsAsync(compare.SyncId)).Remaining.ShouldBe(StepAnswers.Left(3), "a share is done, the plan is not");
        await _scheduler.Host.PublishAsync(second.Transferred(stored: 5));
        await _scheduler.Host.PublishAsync((await _scheduler.ResolveAsync(compare.SyncId)).Resolved());

        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncCompleted));
        (await DetailsAsync(compare.SyncId)).Remaining.ShouldBe(StepAnswers.Left(0));
    }

    [Fact]
    public async Task Should_tell_subscribers_with_the_time_that_it_will_take()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 8));
        await _scheduler.TransferAsync(compare.SyncId);
        _scheduler.Clock.Advance(TimeSpan.FromSeconds(2));
        await _scheduler.Host.PublishAsync(Progress(compare, left: 6));

        var told = await _scheduler.Bus.WaitAsync<SyncProgressed>(event_ => event_.SyncId == compare.SyncId && event_.Remaining == StepAnswers.Left(6), 1, Cancelled);

        told[0].RemainingMs.ShouldBe(6_000, "two of eight took two seconds, though nothing of it was received: what goes out counts as well");
        var shown = await DetailsAsync(compare.SyncId);
        (shown.Remaining, shown.RemainingMs).ShouldBe((StepAnswers.Left(6), 6_000L));
    }

    [Fact]
    public async Task Should_not_let_late_or_empty_reports_make_the_work_grow()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 8));
        await _scheduler.TransferAsync(compare.SyncId);
        await _scheduler.Host.PublishAsync(Progress(compare, left: 4));
        await _scheduler.ReachesAsync(compare.SyncId, sync => sync.SegmentsRemaining == 4, "four segments left");

        await _scheduler.Host.PublishAsync(Progress(compare, left: 6));
        await _scheduler.Host.PublishAsync(Progress(compare, left: null));
        await _scheduler.Host.PublishAsync(Progress(compare, left: 3) with { Attempt = compare.Attempt + 1 });
        await _scheduler.SettleAsync();

        (await DetailsAsync(compare.SyncId)).Remaining.ShouldBe(StepAnswers.Left(4));
    }

    [Fact]
    public async Task Should_keep_what_a_failed_attempt_has_left_until_it_is_compared_anew()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 8));
        await _scheduler.TransferAsync(compare.SyncId);
        await _scheduler.Host.PublishAsync(compare.Failed() with { Step = SyncSteps.Transfer, SegmentsSynced = 3, Remaining = StepAnswers.Left(5) });
        var waiting = await _scheduler.ReachesAsync(compare.SyncId, "WaitingToRetry");
        (await DetailsAsync(compare.SyncId)).Remaining.ShouldBe(StepAnswers.Left(5));

        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(waiting.NextAttemptAt!.Value - _scheduler.Clock.NowMs));
        var again = await _scheduler.CompareAsync(compare.SyncId, attempt: 2);
        (await DetailsAsync(compare.SyncId)).Remaining.ShouldBe(StepAnswers.Left(5));
        await _scheduler.Host.PublishAsync(again.Compared(segments: 6));
        await _scheduler.TransferAsync(compare.SyncId, attempt: 2);

        (await DetailsAsync(compare.SyncId)).Remaining.ShouldBe(StepAnswers.Left(6), "the peer has one more by now");
    }

    [Fact]
    public async Task Should_tell_what_a_sync_that_failed_has_left_undone()
    {
        var compare = await _scheduler.BeginAsync(new SyncOverrides { MaxRetries = 0 });
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 8));
        await _scheduler.TransferAsync(compare.SyncId);

        await _scheduler.Host.PublishAsync(compare.Failed() with { Step = SyncSteps.Transfer, SegmentsSynced = 3, Remaining = StepAnswers.Left(5) });

        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncFailed));
        (await DetailsAsync(compare.SyncId)).Remaining.ShouldBe(StepAnswers.Left(5));
    }

    private static SyncStepProgressed Progress(CompareSegments compare, long? left) => new()
    {
        SyncId = compare.SyncId,
        Attempt = compare.Attempt,
        Step = SyncSteps.Transfer,
        Remaining = left is { } segments ? StepAnswers.Left(segments) : null,
    };

    private async Task<SyncDetails> DetailsAsync(Guid syncId) => (await _scheduler.Host.Http.GetFromJsonAsync<SyncDetails>($"/v1/syncs/{syncId}", Json, Cancelled)).ShouldNotBeNull();
}
