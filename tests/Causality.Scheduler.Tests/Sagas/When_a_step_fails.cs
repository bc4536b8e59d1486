using Causality.Contracts;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_a_step_fails(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_wait_visibly_and_try_again_when_its_time_has_come()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Failed());
        var waiting = await _scheduler.ReachesAsync(compare.SyncId, "WaitingToRetry");
        var wait = waiting.NextAttemptAt.ShouldNotBeNull() - _scheduler.Clock.NowMs;
        wait.ShouldBeInRange(500, 1_000);
        (waiting.Retries, waiting.Reason, waiting.Active).ShouldBe((1, SyncReasons.PeerUnavailable, true));

        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(wait));
        var again = await _scheduler.CompareAsync(compare.SyncId, attempt: 2);
        (await _scheduler.SyncAsync(compare.SyncId)).NextAttemptAt.ShouldBeNull();
        await FinishAsync(again);

        var completed = (await _scheduler.Bus.WaitAsync<SyncCompleted>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        (completed.Result.Attempts, completed.Result.Reason, completed.Result.Error).ShouldBe((2, null, null));
        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncCompleted));
    }

    [Fact]
    public async Task Should_not_hold_back_a_retry_because_the_one_before_it_was_short_ago()
    {
        // Broke: a deadline was told at most every ten seconds per sync, so the second retry came seconds after its announced time.
        var compare = await _scheduler.BeginAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await _scheduler.Host.PublishAsync((await _scheduler.CompareAsync(compare.SyncId, attempt)).Failed());
            var waiting = await _scheduler.ReachesAsync(compare.SyncId, sync => sync.CurrentState == "WaitingToRetry" && sync.Retries == attempt, $"wait after failure {attempt}");
            _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(waiting.NextAttemptAt!.Value - _scheduler.Clock.NowMs));
        }

        (await _scheduler.CompareAsync(compare.SyncId, attempt: 4)).Attempt.ShouldBe(4);
    }

    [Fact]
    public async Task Should_double_the_wait_each_time()
    {
        var compare = await _scheduler.BeginAsync();
        var waits = new List<long>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await _scheduler.Host.PublishAsync((await _scheduler.CompareAsync(compare.SyncId, attempt)).Failed());
            var waiting = await _scheduler.ReachesAsync(compare.SyncId, sync => sync.NextAttemptAt is not null && sync.Retries == attempt, $"wait {attempt}");
            waits.Add(waiting.NextAttemptAt!.Value - _scheduler.Clock.NowMs);
            _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(waits[^1]));
        }

        waits[0].ShouldBeInRange(500, 1_000);
        waits[1].ShouldBeInRange(1_000, 2_000);
        waits[2].ShouldBeInRange(2_000, 4_000);
    }

    [Fact]
    public async Task Should_wait_as_long_as_the_peer_asks()
    {
        var compare = await _scheduler.BeginAsync();

        await _scheduler.Host.PublishAsync(compare.Failed(SyncReasons.PeerOverloaded, retryAfterMs: 90_000));

        (await _scheduler.ReachesAsync(compare.SyncId, "WaitingToRetry")).NextAttemptAt.ShouldBe(_scheduler.Clock.NowMs + 90_000);
    }

    [Fact]
    public async Task Should_fail_with_reason_and_detail_once_the_retries_are_used_up()
    {
        var peer = await _scheduler.AddPeerAsync();
        var compare = await _scheduler.BeginAsync(new SyncOverrides { MaxRetries = 1 }, peer);
        await _scheduler.Host.PublishAsync(compare.Failed());
        var waiting = await _scheduler.ReachesAsync(compare.SyncId, "WaitingToRetry");
        _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(waiting.NextAttemptAt!.Value - _scheduler.Clock.NowMs));
        await _scheduler.Host.PublishAsync((await _scheduler.CompareAsync(compare.SyncId, attempt: 2)).Failed());

        var failed = (await _scheduler.Bus.WaitAsync<SyncFailed>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];

        (failed.Reason, failed.Detail).ShouldBe((SyncReasons.PeerUnavailable, $"The peer at https://{peer}.example:7443 is not there."));
        (failed.Result.Status, failed.Result.Attempts, failed.Result.Error).ShouldBe((SyncStatus.Failed, 2, failed.Detail));
        await _scheduler.EndsAsync(compare.SyncId, nameof(SyncFailed));
        var record = await _scheduler.PeerAsync(peer);
        (record.SuccessfulSyncs, record.FailedSyncs, record.LastStatus, record.LastReason, record.LastSyncAt).ShouldBe((0L, 1L, "Failed", SyncReasons.PeerUnavailable, null));
    }

    [Fact]
    public async Task Should_fail_at_once_when_no_retry_can_help()
    {
        var compare = await _scheduler.BeginAsync();

        await _scheduler.Host.PublishAsync(compare.Failed(SyncReasons.PinMismatch, retryable: false));

        var failed = (await _scheduler.Bus.WaitAsync<SyncFailed>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        (failed.Reason, failed.Result.Attempts).ShouldBe((SyncReasons.PinMismatch, 1));
    }

    [Fact]
    public async Task Should_keep_the_counts_of_a_transfer_that_failed_in_part()
    {
        var compare = await _scheduler.BeginAsync(new SyncOverrides { MaxRetries = 0 });
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 3));
        var transfer = await _scheduler.TransferAsync(compare.SyncId);
        await _scheduler.Host.PublishAsync(compare.Failed(SyncReasons.ContentHashMismatch) with { Step = SyncSteps.Transfer, SegmentsSynced = 2, EntriesSynced = 20, BytesReceived = 3_000 });

        var failed = (await _scheduler.Bus.WaitAsync<SyncFailed>(end => end.SyncId == transfer.SyncId, 1, TestContext.Current.CancellationToken))[0];

        (failed.Result.SegmentsSynced, failed.Result.EntriesSynced, failed.Result.BytesReceived).ShouldBe((2L, 20L, 3_000L));
    }

    private async Task FinishAsync(CompareSegments compare)
    {
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 1));
        await _scheduler.Host.PublishAsync((await _scheduler.TransferAsync(compare.SyncId, compare.Attempt)).Transferred(stored: 1));
        await _scheduler.Host.PublishAsync((await _scheduler.ResolveAsync(compare.SyncId, compare.Attempt)).Resolved());
    }
}
