using Causality.Contracts;
using Causality.Scheduler.Tests.Hosting;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_a_service_throws(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_fail_the_sync_with_the_step_and_the_kind_of_the_error()
    {
        _scheduler.Bus.On<CompareSegments>(_ => throw new InvalidOperationException("a secret of the service"));
        var compare = await _scheduler.BeginAsync(new SyncOverrides { MaxRetries = 0 });

        var failed = (await _scheduler.Bus.WaitAsync<SyncFailed>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];

        failed.Reason.ShouldBe(SyncReasons.InternalError);
        failed.Detail.ShouldContain("CompareSegments");
        failed.Detail.ShouldContain(nameof(InvalidOperationException));
        failed.Detail.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Should_retry_the_transfer_and_the_resolving()
    {
        _scheduler.Bus.On<CompareSegments>(command => _scheduler.Host.PublishAsync(command.Compared(segments: 1)));
        _scheduler.Bus.On<TransferSegments>(command => command.Attempt == 1 ? throw new InvalidOperationException("a fault of the service") : _scheduler.Host.PublishAsync(command.Transferred(stored: 1)));
        _scheduler.Bus.On<ResolveConflicts>(command => command.Attempt == 2 ? throw new InvalidOperationException("a fault of the service") : _scheduler.Host.PublishAsync(command.Resolved()));
        var compare = await _scheduler.BeginAsync();
        for (var retry = 1; retry <= 2; retry++)
        {
            var waiting = await _scheduler.ReachesAsync(compare.SyncId, sync => sync.CurrentState == "WaitingToRetry" && sync.Retries == retry, $"retry {retry}");
            waiting.Reason.ShouldBe(SyncReasons.InternalError);
            _scheduler.Clock.Advance(TimeSpan.FromMilliseconds(waiting.NextAttemptAt!.Value - _scheduler.Clock.NowMs));
        }

        var completed = (await _scheduler.Bus.WaitAsync<SyncCompleted>(end => end.SyncId == compare.SyncId, 1, TestContext.Current.CancellationToken))[0];
        completed.Result.Attempts.ShouldBe(3);
    }
}
