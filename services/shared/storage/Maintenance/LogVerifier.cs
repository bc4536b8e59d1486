using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Log;

namespace Causality.Storage.Maintenance;

/// <summary>Verifies a whole store: every row has its blob, every blob its hash, size and valid lines, and the head row the sums of all. May run beside a running operator.</summary>
public sealed class LogVerifier
{
    private readonly SegmentCatalog _catalog;
    private readonly ISegmentStore _blobs;
    private readonly DataFolder _folder;
    private readonly TimeProvider _time;
    private readonly HeadCheck _head;
    private readonly SegmentCheck _check;
    private readonly SegmentRepair _repair;

    internal LogVerifier(SegmentCatalog catalog, ISegmentStore blobs, DataFolder folder, TimeProvider time, HeadCheck head, SegmentCheck check, SegmentRepair repair) =>
        (_catalog, _blobs, _folder, _time, _head, _check, _repair) = (catalog, blobs, folder, time, head, check, repair);

    /// <summary>Looks at everything, in bounded memory.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">Told now and then, from any thread; null for nobody.</param>
    /// <param name="cancellationToken">Ends it; what was repaired so far stays repaired.</param>
    /// <exception cref="StorageUnavailableException">The database, or the store as a whole, cannot be read: nothing is known.</exception>
    public async Task<VerifyReport> VerifyAsync(VerifyOptions options, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        progress?.Report(new MaintenanceProgress("adding the rows up", 0, 0));
        var (head, fault) = await _head.RunAsync(cancellationToken).ConfigureAwait(false);
        var tally = new VerifyTally(head.SegmentCount, progress);
        await CheckSegmentsAsync(tally, options.Parallelism, cancellationToken).ConfigureAwait(false);
        var damages = tally.Damages();
        if (options.RepairFrom is { } source && damages.Count > 0)
        {
            progress?.Report(new MaintenanceProgress("repairing", 0, 0));
            damages = [.. (await _repair.RepairAsync(damages, source, cancellationToken).ConfigureAwait(false)).OrderBy(damage => damage.Segment.Id)];
        }

        progress?.Report(new MaintenanceProgress("looking for unused blobs", 0, 0));
        var limit = _time.GetUtcNow() - options.Grace;
        return new VerifyReport
        {
            Segments = tally.Segments,
            Entries = tally.Entries,
            SizeBytes = tally.SizeBytes,
            Root = head.Fingerprint.ToRoot(),
            HeadFault = fault,
            Damages = damages,
            DamageCount = tally.DamageCount,
            Orphans = await new OrphanSearch(_blobs, _catalog).CountAsync(limit, cancellationToken).ConfigureAwait(false),
            Temporary = await _blobs.SweepLeftOversAsync(limit, dryRun: true, cancellationToken).ConfigureAwait(false),
            DamagedJournals = Directory.Exists(_folder.Active) ? [.. Directory.EnumerateFiles(_folder.Active, "*.damaged").Order(StringComparer.Ordinal)] : [],
        };
    }

    private async Task CheckSegmentsAsync(VerifyTally tally, int parallelism, CancellationToken cancellationToken)
    {
        var width = new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(parallelism, 1, 64), CancellationToken = cancellationToken };
        IReadOnlyList<SegmentMetadata> page = [];
        do
        {
            page = await _catalog.ListAsync(page.Count == 0 ? null : page[^1].Id, SegmentCatalog.MaxPage, cancellationToken).ConfigureAwait(false);
            await Parallel.ForEachAsync(page, width, async (row, token) => tally.Add(row, await _check.RunAsync(row, token).ConfigureAwait(false))).ConfigureAwait(false);
        }
        while (page.Count == SegmentCatalog.MaxPage);
    }
}
