namespace Causality.Scheduler.Background;

/// <summary>Rebuilds the work in flight from the rows whenever the broker comes back: it may have lost its queues, the database has not lost the syncs.</summary>
/// <remarks>
/// Repeated a few times, because the other services reconnect at their own pace and a command to a queue that is not there yet is lost again.
/// A command that was not lost is done twice at worst: every step is idempotent by its rows, and the saga takes the first answer.
/// </remarks>
internal sealed class RedriveLoop(BrokerSignal signal, DueWork work, TimeProvider time, ILogger<RedriveLoop> logger) : BackgroundService
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await signal.WaitAsync(stoppingToken))
            {
                var since = time.GetUtcNow().ToUnixTimeMilliseconds();
                foreach (var pause in Pauses)
                {
                    await Task.Delay(pause, time, stoppingToken);
                    await RedriveAsync(since, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; the next one begins with a redrive.
        }
    }

    private async Task RedriveAsync(long since, CancellationToken stoppingToken)
    {
        try
        {
            await work.RedriveAsync(since, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            logger.SchedulerPassFailed(exception, nameof(DueWork.RedriveAsync));
        }
    }
}
