using Causality.Contracts;

namespace Causality.Scheduler.Options;

/// <summary>How and how often to sync. Configuration section <c>Sync</c>; each can be overridden per peer and per request. Seed: "SyncConfig".</summary>
public sealed class SyncOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sync";

    /// <summary>Time between the syncs that the schedule begins with a peer.</summary>
    /// <value>Default 30 s; 100 ms to 30 days.</value>
    public TimeSpan SyncInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most entries in one batch.</summary>
    /// <value>Default 1000; 1 to 1,000,000.</value>
    public int BatchSize { get; set; } = 1000;

    /// <summary>Longest time without progress.</summary>
    /// <value>Default 60 s; 1 s to 1 day.</value>
    public TimeSpan SyncTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time of a whole sync, retries and waits included.</summary>
    /// <value>Default zero: no limit; else at least 1 s.</value>
    public TimeSpan MaxSyncDuration { get; set; } = TimeSpan.Zero;

    /// <summary>Longest pause of a running sync before it is cancelled.</summary>
    /// <value>Default 7 days; 1 minute to 1 year.</value>
    public TimeSpan PauseLimit { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Attempts after the first before a sync fails.</summary>
    /// <value>Default 3; 0 to 100.</value>
    public int MaxRetries { get; set; } = 3;

    /// <summary>Compare first and move only what differs.</summary>
    /// <value>Default true.</value>
    public bool UseDifferentialSync { get; set; } = true;

    /// <summary>Leave out segments whose newest entry is older than this.</summary>
    /// <value>Default zero: no limit.</value>
    public TimeSpan MaxSegmentAge { get; set; } = TimeSpan.Zero;

    /// <summary>Check every segment's content hash before storing it.</summary>
    /// <value>Default true.</value>
    public bool VerifyHashes { get; set; } = true;

    /// <summary>Which way segments move.</summary>
    /// <value>Default <see cref="SyncMode.Pull"/>.</value>
    public SyncMode Mode { get; set; } = SyncMode.Pull;

    /// <summary>Most content bytes that one sync may bring in; a plan above it stops and asks.</summary>
    /// <value>Default 0: no limit.</value>
    public long MaxImportBytes { get; set; }

    /// <summary>Most bytes per second from and to one peer.</summary>
    /// <value>Default 0: no limit; else at least 1,024.</value>
    public long BandwidthBytesPerSecond { get; set; }

    /// <summary>Longest time in which a plan or an explanation that somebody asks for must be there.</summary>
    /// <value>Default 5 minutes; 1 s to 1 hour.</value>
    public TimeSpan PlanTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Wait before the second attempt; doubled for each one after, with jitter, at most <see cref="MaxRetryDelay"/>.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between attempts, unless the peer asks for a longer one.</summary>
    /// <value>Default 5 minutes.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Begin syncs on a schedule; off leaves syncing to requests.</summary>
    /// <value>Default true.</value>
    public bool Scheduled { get; set; } = true;

    /// <summary>Days for which ended syncs, their plans and their events are kept.</summary>
    /// <value>Default 30; at least 1.</value>
    public int HistoryDays { get; set; } = 30;
}
