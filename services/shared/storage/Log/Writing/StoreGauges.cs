using System.Diagnostics.Metrics;
using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Observing;

namespace Causality.Storage.Log.Writing;

/// <summary>How full the store is, and what in it nobody points at. Told by the process that writes the log.</summary>
/// <remarks>Free space is asked for each time; the whole store is gone through every ten minutes only, since that costs a look at every content.</remarks>
internal sealed class StoreGauges : IGaugeSource
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);

    /// <summary>A content is stored before its row is committed: a young one may be about to be pointed at.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    private const int Portion = 10_000;
    private readonly ISegmentStore _blobs;
    private readonly SegmentCatalog _catalog;
    private readonly DataFolder _folder;
    private readonly TimeProvider _time;
    private readonly SampledGauge _bytes;
    private readonly SampledGauge _orphans;
    private readonly SampledGauge _free;
    private readonly SampledGauge _backup;
    private (long Bytes, long Orphans, long At)? _look;

    public StoreGauges(ISegmentStore blobs, SegmentCatalog catalog, DataFolder folder, IMeterFactory meters, TimeProvider time)
    {
        (_blobs, _catalog, _folder, _time) = (blobs, catalog, folder, time);
        var meter = meters.Create(MeterNames.Causality);
        _bytes = new SampledGauge(meter, time, "causality_store_bytes", "By", "What the contents of segments take in the store, at most ten minutes ago.");
        _orphans = new SampledGauge(meter, time, "causality_store_orphans", "{content}", "Contents that no segment points at and that the next sweep may remove, at most ten minutes ago.");
        _backup = new SampledGauge(meter, time, "causality_backup_last_success_timestamp_seconds", "s", "When a backup was last completed, seconds since the Unix epoch; missing before the first.");
        _free = new SampledGauge(meter, time, "causality_store_free_bytes", "By", "Free space on the disk of the data folder.");
    }

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _free.Set(new DriveInfo(_folder.Root).AvailableFreeSpace);
        _backup.Set(BackupMark.Read(_folder.Root) is { } last ? [new Measurement<double>(last.ToUnixTimeMilliseconds() / 1000.0)] : []);
        if (_look is not { } look || _time.GetElapsedTime(look.At) >= LookEvery)
            _look = await LookAsync(cancellationToken).ConfigureAwait(false);
        _bytes.Set(_look.Value.Bytes);
        _orphans.Set(_look.Value.Orphans);
    }

    private async Task<(long Bytes, long Orphans, long At)> LookAsync(CancellationToken cancellationToken)
    {
        var (bytes, orphans, old) = (0L, 0L, new List<ContentHash>());
        var limit = _time.GetUtcNow() - Young;
        await foreach (var stored in _blobs.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            bytes += stored.SizeBytes;
            if (stored.StoredAt < limit)
                old.Add(stored.Hash);
            if (old.Count < Portion)
                continue;
            orphans += (await _catalog.UnusedAsync(old, cancellationToken).ConfigureAwait(false)).Count;
            old.Clear();
        }

        if (old.Count > 0)
            orphans += (await _catalog.UnusedAsync(old, cancellationToken).ConfigureAwait(false)).Count;
        return (bytes, orphans, _time.GetTimestamp());
    }
}
