using Causality.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Log.Writing;

/// <summary>Looks after journals and blobs that nobody owns any more, every minute, in the writer's process only.</summary>
internal sealed class LogMaintenance(
    JournalAdoption adoption, BlobSweeper sweeper, IOptions<LogWriterOptions> options, TimeProvider time, ILogger<LogMaintenance> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var swept = time.GetTimestamp();
        while (await NextAsync(timer, stoppingToken).ConfigureAwait(false))
        {
            await GuardAsync(() => adoption.AdoptAsync(stoppingToken), LogMessages.AdoptionFailed).ConfigureAwait(false);
            await GuardAsync(() => sweeper.SweepRetiredAsync(options.Value.SupersededGrace, stoppingToken), LogMessages.SweepFailed).ConfigureAwait(false);
            if (time.GetElapsedTime(swept) < options.Value.OrphanGrace)
                continue;

            await GuardAsync(() => sweeper.SweepOrphansAsync(options.Value.OrphanGrace, stoppingToken), LogMessages.SweepFailed).ConfigureAwait(false);
            swept = time.GetTimestamp();
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>A failure is told and tried again at the next tick; it must not end the process.</summary>
    private async Task GuardAsync(Func<Task<int>> work, Action<ILogger, Exception> tell)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            tell(logger, e);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop sees it.
        }
    }
}
