namespace Causality.Contracts.Http.Control;

/// <summary>A peer and how the syncs with it have gone. Seed: "PeerInfo".</summary>
public sealed record PeerInfo
{
    /// <summary>The peer's operator id.</summary>
    public required string PeerId { get; init; }

    /// <summary>Base address of its gateway.</summary>
    public required string Address { get; init; }

    /// <summary>SHA-256 pins of its public key, lower-case hex.</summary>
    public required IReadOnlyList<string> Pins { get; init; }

    /// <summary>False while it is switched off.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What it may do here, out of <c>read</c>, <c>write</c> and <c>resolve</c>.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Prefixes of the segment ids that are shared with it, in both directions; null for the whole log.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    /// <summary>When a sync with it last ended well, UTC; null for never.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>How its latest sync stands; null before the first.</summary>
    public SyncStatus? Status { get; init; }

    /// <summary>Reason code of its latest failure; null when the latest sync ended well.</summary>
    public string? Reason { get; init; }

    /// <summary>Syncs that ended well, skipped ones included.</summary>
    public required long SuccessfulSyncs { get; init; }

    /// <summary>Syncs that failed.</summary>
    public required long FailedSyncs { get; init; }

    /// <summary>When the schedule begins the next sync, UTC.</summary>
    public DateTimeOffset? NextSync { get; init; }

    /// <summary>Settings that replace the general ones for this peer; null for none.</summary>
    public SyncOverrides? Overrides { get; init; }
}
