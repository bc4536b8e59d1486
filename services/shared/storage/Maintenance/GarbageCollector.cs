using Causality.Storage.Blobs;
using Causality.Storage.Log.Writing;

namespace Causality.Storage.Maintenance;

/// <summary>Removes, when a person says so, what the writer's process removes by itself once in a while: unused blobs and old temporary files.</summary>
public sealed class GarbageCollector
{
    private readonly BlobSweeper _sweeper;
    private readonly ISegmentStore _blobs;
    private readonly OrphanSearch _orphans;
    private readonly TimeProvider _time;

    internal GarbageCollector(BlobSweeper sweeper, ISegmentStore blobs, OrphanSearch orphans, TimeProvider time) => (_sweeper, _blobs, _orphans, _time) = (sweeper, blobs, orphans, time);

    /// <summary>Removes, or counts, what is older than the grace.</summary>
    /// <param name="grace">At least a minute: an import stores a blob before it commits the row that points at it.</param>
    /// <param name="dryRun">Count only.</param>
    /// <param name="cancellationToken">Ends it; what is removed is removed.</param>
    /// <exception cref="StorageUnavailableException">A backup or another sweep is running, or the store refuses.</exception>
    public async Task<GarbageReport> CollectAsync(TimeSpan grace, bool dryRun, CancellationToken cancellationToken = default)
    {
        var limit = _time.GetUtcNow() - grace;
        var orphans = dryRun
            ? await _orphans.CountAsync(limit, cancellationToken).ConfigureAwait(false)
            : await _sweeper.TrySweepOrphansAsync(limit, cancellationToken).ConfigureAwait(false)
                ?? throw new StorageUnavailableException("A backup, or another sweep, is using the store: nothing was removed. Try again when it has ended.");
        return new GarbageReport(dryRun, orphans, await _blobs.SweepLeftOversAsync(limit, dryRun, cancellationToken).ConfigureAwait(false));
    }
}
