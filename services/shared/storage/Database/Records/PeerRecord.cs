namespace Causality.Storage.Database.Records;

/// <summary>A peer. Written by the scheduler; the gateway reads it to know whom to let in.</summary>
public sealed class PeerRecord
{
    /// <summary>The peer's operator id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Base address of its gateway.</summary>
    public string Address { get; set; } = "";

    /// <summary>SHA-256 pins of its key, lower-case hex, separated by commas; one or two.</summary>
    public string Pins { get; set; } = "";

    /// <summary>False while the operator has switched it off.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What it may do here: names out of <c>read</c>, <c>write</c> and <c>resolve</c>, separated by commas.</summary>
    public string Permissions { get; set; } = "read,resolve";

    /// <summary>Prefixes of the segment ids that are shared with it, separated by commas; null for the whole log.</summary>
    public string? Scope { get; set; }

    /// <summary>Settings that replace the general ones, as JSON; null for none.</summary>
    public string? Overrides { get; set; }

    /// <summary>When it was added, milliseconds since the Unix epoch.</summary>
    public long AddedAt { get; set; }

    /// <summary>When the schedule wants it next, milliseconds since the Unix epoch.</summary>
    public long NextSyncAt { get; set; }

    /// <summary>When a sync with it last ended well, milliseconds since the Unix epoch; null for never.</summary>
    public long? LastSyncAt { get; set; }

    /// <summary>How its latest sync stands, as <c>SyncStatus</c> spells it; null before the first.</summary>
    public string? LastStatus { get; set; }

    /// <summary>Reason code of its latest failure; null when the latest sync ended well.</summary>
    public string? LastReason { get; set; }

    /// <summary>Whether both root fingerprints were equal when last compared; null before the first comparison.</summary>
    public bool? RootsMatch { get; set; }

    /// <summary>Syncs that ended well, skipped ones included.</summary>
    public long SuccessfulSyncs { get; set; }

    /// <summary>Syncs that failed.</summary>
    public long FailedSyncs { get; set; }

    /// <summary>Grows with every change; the optimistic concurrency token.</summary>
    public long Version { get; set; }
}
