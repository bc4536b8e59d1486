using Causality.Contracts;
using Causality.Scheduler.Options;

namespace Causality.Scheduler.Syncs;

/// <summary>Settles what is in force for one sync: the general settings, then the peer's overrides, then the request's.</summary>
internal static class SyncSettingsMerge
{
    public static SyncSettings Merge(SyncOptions general, params SyncOverrides?[] layers)
    {
        var settings = new SyncSettings
        {
            BatchSize = general.BatchSize,
            SyncTimeoutMs = (long)general.SyncTimeout.TotalMilliseconds,
            MaxSyncDurationMs = (long)general.MaxSyncDuration.TotalMilliseconds,
            MaxRetries = general.MaxRetries,
            UseDifferentialSync = general.UseDifferentialSync,
            MaxSegmentAgeMs = (long)general.MaxSegmentAge.TotalMilliseconds,
            VerifyHashes = general.VerifyHashes,
            Mode = general.Mode,
            MaxImportBytes = general.MaxImportBytes,
            BandwidthBytesPerSecond = general.BandwidthBytesPerSecond,
        };
        foreach (var layer in layers)
        {
            if (layer is null)
                continue;
            settings = settings with
            {
                BatchSize = layer.BatchSize ?? settings.BatchSize,
                SyncTimeoutMs = layer.SyncTimeoutMs ?? settings.SyncTimeoutMs,
                MaxSyncDurationMs = layer.MaxSyncDurationMs ?? settings.MaxSyncDurationMs,
                MaxRetries = layer.MaxRetries ?? settings.MaxRetries,
                UseDifferentialSync = layer.UseDifferentialSync ?? settings.UseDifferentialSync,
                MaxSegmentAgeMs = layer.MaxSegmentAgeMs ?? settings.MaxSegmentAgeMs,
                VerifyHashes = layer.VerifyHashes ?? settings.VerifyHashes,
                Mode = layer.Mode ?? settings.Mode,
                MaxImportBytes = layer.MaxImportBytes ?? settings.MaxImportBytes,
                BandwidthBytesPerSecond = layer.BandwidthBytesPerSecond ?? settings.BandwidthBytesPerSecond,
            };
        }

        return settings;
    }

    /// <summary>The first override that is out of bounds, in one sentence, or null.</summary>
    public static string? FindFault(SyncOverrides? overrides) => overrides switch
    {
        null => null,
        { SyncIntervalMs: < 100 or > 2_592_000_000 } => $"overrides.syncIntervalMs is {overrides.SyncIntervalMs}; it must be 100 to 2592000000.",
        { BatchSize: < 1 or > 1_000_000 } => $"overrides.batchSize is {overrides.BatchSize}; it must be 1 to 1000000.",
        { SyncTimeoutMs: < 1_000 or > 86_400_000 } => $"overrides.syncTimeoutMs is {overrides.SyncTimeoutMs}; it must be 1000 to 86400000.",
        { MaxSyncDurationMs: < 0 or (> 0 and < 1_000) } => $"overrides.maxSyncDurationMs is {overrides.MaxSyncDurationMs}; it must be 0 (no limit) or 1000 and more.",
        { MaxRetries: < 0 or > 100 } => $"overrides.maxRetries is {overrides.MaxRetries}; it must be 0 to 100.",
        { MaxSegmentAgeMs: < 0 } => $"overrides.maxSegmentAgeMs is {overrides.MaxSegmentAgeMs}; it must be 0 (no limit) or more.",
        { Mode: { } mode } when !Enum.IsDefined(mode) => $"overrides.mode is {mode}; it must be Pull, Push or Both.",
        { MaxImportBytes: < 0 } => $"overrides.maxImportBytes is {overrides.MaxImportBytes}; it must be 0 (no limit) or more.",
        { BandwidthBytesPerSecond: < 0 or (> 0 and < 1_024) } => $"overrides.bandwidthBytesPerSecond is {overrides.BandwidthBytesPerSecond}; it must be 0 (no limit) or 1024 and more.",
        _ => null,
    };
}
