using Causality.Storage.Observing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Telemetry;

/// <summary>Renews the gauges that need the database, the broker or the disk, at a pace of its own: however often somebody scrapes, the load is the same.</summary>
internal sealed class GaugeLoop(IEnumerable<IGaugeSource> sources, IOptions<MetricsOptions> options, TimeProvider time, ILogger<GaugeLoop> logger) : BackgroundService
{
    private readonly HashSet<IGaugeSource> _failing = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        try
        {
            do
            {
                foreach (var source in sources)
                    await RefreshAsync(source, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; its gauges end with it.
        }
    }

    private async Task RefreshAsync(IGaugeSource source, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(source.Limit);
        try
        {
            await source.RefreshAsync(limit.Token);
            if (_failing.Remove(source))
                logger.GaugesRecovered(source.GetType().Name);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // An outage lasts for many rounds; it is told once. The gauges fall silent by themselves.
            if (_failing.Add(source))
                logger.GaugesFailed(source.GetType().Name, exception.GetBaseException().Message);
        }
    }
}
