using Causality.Core;
using Causality.Storage.Log;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Maintenance;

/// <summary>Reads every content once in a while, slowly, so that a disk that forgets is found out before somebody needs what it forgot.</summary>
/// <remarks>What is damaged is counted, told, set aside (from here on nobody is given it) and fetched from a peer where one can be asked.</remarks>
internal sealed class LogScrubber(
    SegmentCatalog catalog, SegmentCheck check, SegmentRepair repair, IEnumerable<ISegmentSource> sources, IOptions<ScrubOptions> options, TimeProvider time, ILogger<LogScrubber> logger)
    : BackgroundService
{
    private readonly ISegmentSource? _source = sources.FirstOrDefault();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.Interval > TimeSpan.Zero)
        {
            try
            {
                await Task.Delay(options.Value.Interval, time, stoppingToken).ConfigureAwait(false);
                await RunPassAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Looking after the store must not end the process that does something else besides.
                LogMessages.ScrubFailed(logger, e);
            }
        }
    }

    /// <summary>One pass over the store.</summary>
    /// <returns>Segments looked at, and how many of them were damaged.</returns>
    public async Task<(long Segments, long Damaged)> RunPassAsync(CancellationToken cancellationToken)
    {
        var (segments, damaged) = (0L, 0L);
        IReadOnlyList<SegmentMetadata> page = [];
        do
        {
            page = await catalog.ListAsync(page.Count == 0 ? null : page[^1].Id, SegmentRepair.Portion, cancellationToken).ConfigureAwait(false);
            var damages = await CheckAsync(page, cancellationToken).ConfigureAwait(false);
            (segments, damaged) = (segments + page.Count, damaged + damages.Count);
            if (damages.Count > 0)
                await MendAsync(damages, cancellationToken).ConfigureAwait(false);
        }
        while (page.Count == SegmentRepair.Portion);

        LogMessages.Scrubbed(logger, segments, damaged);
        return (segments, damaged);
    }

    private async Task<List<SegmentDamage>> CheckAsync(IReadOnlyList<SegmentMetadata> page, CancellationToken cancellationToken)
    {
        var damages = new List<SegmentDamage>();
        foreach (var row in page)
        {
            if (await check.RunAsync(row, cancellationToken).ConfigureAwait(false) is { } damage)
            {
                damages.Add(damage);
                StorageMetrics.ScrubErrors.Add(1);
                LogMessages.Damaged(logger, damage.Segment.Id.Value, damage.Kind, damage.Detail);
            }

            await Task.Delay(TimeSpan.FromSeconds((double)row.SizeBytes / options.Value.BytesPerSecond), time, cancellationToken).ConfigureAwait(false);
        }

        return damages;
    }

    private async Task MendAsync(List<SegmentDamage> damages, CancellationToken cancellationToken)
    {
        foreach (var damage in damages)
            await repair.SetAsideAsync(damage, cancellationToken).ConfigureAwait(false);
        if (_source is null)
            return;

        foreach (var damage in await repair.RepairAsync(damages, _source, cancellationToken).ConfigureAwait(false))
        {
            if (damage.RepairedFrom is { } peer)
                LogMessages.Repaired(logger, damage.Segment.Id.Value, peer);
            else
                LogMessages.NotRepaired(logger, damage.Segment.Id.Value, damage.NotRepaired ?? "");
        }
    }
}
