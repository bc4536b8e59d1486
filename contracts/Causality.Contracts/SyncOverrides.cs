namespace Causality.Contracts;

/// <summary>Settings of one request or of one peer that replace the general ones; absent members change nothing. Seed: "SyncConfig".</summary>
public sealed record SyncOverrides
{
    /// <summary>Time between scheduled syncs, in milliseconds; 100 to 30 days. Only for a peer, not for a request.</summary>
    public long? SyncIntervalMs { get; init; }

    /// <summary>See <see cref="SyncSettings.BatchSize"/>; 1 to 1,000,000.</summary>
    public int? BatchSize { get; init; }

    /// <summary>See <see cref="SyncSettings.SyncTimeoutMs"/>; 1,000 to 86,400,000.</summary>
    public long? SyncTimeoutMs { get; init; }

    /// <summary>See <see cref="SyncSettings.MaxSyncDurationMs"/>; 0 (no limit) or 1,000 and more.</summary>
    public long? MaxSyncDurationMs { get; init; }

    /// <summary>See <see cref="SyncSettings.MaxRetries"/>; 0 to 100.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>See <see cref="SyncSettings.UseDifferentialSync"/>.</summary>
    public bool? UseDifferentialSync { get; init; }

    /// <summary>See <see cref="SyncSettings.MaxSegmentAgeMs"/>; 0 (no limit) or more.</summary>
    public long? MaxSegmentAgeMs { get; init; }

    /// <summary>See <see cref="SyncSettings.VerifyHashes"/>.</summary>
    public bool? VerifyHashes { get; init; }

    /// <summary>See <see cref="SyncSettings.Mode"/>.</summary>
    public SyncMode? Mode { get; init; }

    /// <summary>See <see cref="SyncSettings.MaxImportBytes"/>; 0 (no limit) or more.</summary>
    public long? MaxImportBytes { get; init; }

    /// <summary>See <see cref="SyncSettings.BandwidthBytesPerSecond"/>; 0 (no limit) or 1,024 and more.</summary>
    public long? BandwidthBytesPerSecond { get; init; }
}
