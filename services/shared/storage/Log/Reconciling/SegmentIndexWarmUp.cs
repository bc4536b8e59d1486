using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Causality.Storage.Log.Reconciling;

/// <summary>Fills the segment index when the process starts, so that the first peer does not wait for it. What fails here is tried again by whoever asks.</summary>
/// <param name="index">The index.</param>
/// <param name="logger">Says how long it took.</param>
public sealed class SegmentIndexWarmUp(SegmentIndex index, ILogger<SegmentIndexWarmUp> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var started = Stopwatch.GetTimestamp();
        try
        {
            await index.RefreshAsync(stoppingToken).ConfigureAwait(false);
            LogMessages.SegmentIndexReady(logger, index.Count, index.SizeBytes, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            LogMessages.SegmentIndexNotReady(logger, error);
        }
    }
}
