namespace Causality.Contracts;

/// <summary>The settings of one sync: the defaults, the peer's overrides and the request's overrides, already merged.</summary>
/// <remarks>Seed: "SyncConfig".</remarks>
public sealed record SyncSettings
{
    /// <summary>Most entries in one batch: the unit of memory and of resume. Default 1000.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>Longest time without progress before the attempt is given up, in milliseconds. Default 60,000.</summary>
    public long SyncTimeoutMs { get; init; } = 60_000;

    /// <summary>Longest time of the whole sync, retries and waits included, in milliseconds; 0 for no limit. Default 0.</summary>
    public long MaxSyncDurationMs { get; init; }

    /// <summary>Attempts after the first before the sync fails. Default 3.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Compare first and move only what differs; false takes everything. Default true.</summary>
    public bool UseDifferentialSync { get; init; } = true;

    /// <summary>Leave out segments whose newest entry is older than this, in milliseconds; 0 for no limit. Default 0.</summary>
    public long MaxSegmentAgeMs { get; init; }

    /// <summary>Check every segment's content hash before storing it. Default true.</summary>
    public bool VerifyHashes { get; init; } = true;

    /// <summary>Which way segments move. Default <see cref="SyncMode.Pull"/>.</summary>
    public SyncMode Mode { get; init; }

    /// <summary>Most content bytes that one sync may bring in; a plan above it stops and asks. 0 for no limit. Default 0.</summary>
    public long MaxImportBytes { get; init; }

    /// <summary>Most bytes per second from and to this peer; 0 for no limit. Default 0.</summary>
    public long BandwidthBytesPerSecond { get; init; }
}
