using Microsoft.Extensions.Options;
using Causality.Scheduler.Options;

namespace Causality.Scheduler.Background;

/// <summary>The clock of the scheduler: begins the syncs that are due, tells sagas that their deadline has passed, forgets old history.</summary>
/// <remarks>
/// What is due are rows with a time, taken with <c>FOR UPDATE SKIP LOCKED</c>, so any number of replicas may run this loop and none does another's work.
/// A pass that fails (database away, broker away) is logged and tried again: the rows are still due.
/// </remarks>
internal sealed class SchedulerLoop(DueWork work, IOptions<SyncOptions> options, TimeProvider time, ILogger<SchedulerLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromMinutes(10);
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var nextPurge = time.GetUtcNow();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunAsync(work.PassDeadlinesAsync, stoppingToken);
                if (options.Value.Scheduled)
                    await RunAsync(work.BeginDueSyncsAsync, stoppingToken);
                if (time.GetUtcNow() < nextPurge)
                    continue;
                await RunAsync(work.PurgeHistoryAsync, stoppingToken);
                nextPurge = time.GetUtcNow() + PurgeEvery;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.SchedulerStopped();
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task<int>> pass, CancellationToken stoppingToken)
    {
        try
        {
            while (await pass(stoppingToken) == DueWork.RowsPerPass)
                stoppingToken.ThrowIfCancellationRequested();
            if (_failing.Remove(pass.Method.Name))
                logger.SchedulerPassRecovered(pass.Method.Name);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // An outage lasts for many passes; it is told once, not five times a second.
            if (_failing.Add(pass.Method.Name))
                logger.SchedulerPassFailed(exception, pass.Method.Name);
        }
    }
}
