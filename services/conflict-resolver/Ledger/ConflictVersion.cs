namespace Causality.ConflictResolver.Ledger;

/// <summary>A row of the ledger: one of the contents that one entry id has. Both stay in the log; the row says which one the view shows, and why.</summary>
public sealed class ConflictVersion
{
    /// <summary>The entry id.</summary>
    public string EntryId { get; set; } = "";

    /// <summary>The entry hash, lower-case hex; with the id the key, so that recording twice is harmless.</summary>
    public string EntryHash { get; set; } = "";

    /// <summary>The entry's timestamp, milliseconds since the Unix epoch.</summary>
    public long Timestamp { get; set; }

    /// <summary>True for the one version that the view shows.</summary>
    public bool Won { get; set; }

    /// <summary>The rule that decided: <c>latest-wins</c>.</summary>
    public string Rule { get; set; } = "";

    /// <summary>The sync that brought the conflict to light.</summary>
    public Guid SyncId { get; set; }

    /// <summary>The peer of that sync.</summary>
    public string PeerId { get; set; } = "";

    /// <summary>When it was decided, milliseconds since the Unix epoch.</summary>
    public long DecidedAt { get; set; }
}
