namespace Causality.ConflictResolver.Ledger;

/// <summary>A conflict with the decision in force. All its versions stay in the log.</summary>
public sealed class LedgerRecord
{
    /// <summary>What it is about.</summary>
    public ConflictKind Kind { get; set; }

    /// <summary>The entry id, or the timestamp in decimal.</summary>
    public string Subject { get; set; } = "";

    /// <summary>How it stands.</summary>
    public ConflictState State { get; set; }

    /// <summary>How often new versions have come in, counted from 1.</summary>
    public int Round { get; set; }

    /// <summary>Hash of the version that the view shows, lower-case hex.</summary>
    public string WinnerHash { get; set; } = "";

    /// <summary>What it showed before this round; null in the first one.</summary>
    public string? StandingHash { get; set; }

    /// <summary>Name of the strategy, as <see cref="StrategyNames"/> writes it.</summary>
    public string Strategy { get; set; } = "";

    /// <summary>Who decided, or is waited for.</summary>
    public Decider Decider { get; set; }

    /// <summary>Name of the person, program or plug-in; null for the policy.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why, for people; null when nobody said.</summary>
    public string? Reason { get; set; }

    /// <summary>The peer that brought the newest version; null for none.</summary>
    public string? PeerId { get; set; }

    /// <summary>The sync that brought it; null for none.</summary>
    public Guid? SyncId { get; set; }

    /// <summary>Type of the winner: <c>effect</c>, <c>fact</c> or <c>event</c>.</summary>
    public string EntryType { get; set; } = "";

    /// <summary>Number of versions.</summary>
    public long Versions { get; set; }

    /// <summary>Number of decisions so far, the one in force included.</summary>
    public int Decisions { get; set; }

    /// <summary>When the conflict came to light, milliseconds since the Unix epoch.</summary>
    public long FoundAt { get; set; }

    /// <summary>When the decision in force was made, milliseconds since the Unix epoch.</summary>
    public long DecidedAt { get; set; }

    /// <summary>When the fallback decides if nobody has, milliseconds since the Unix epoch; null for never.</summary>
    public long? DeadlineAt { get; set; }

    /// <summary>Version of the latest change; unique, in the order of the commits.</summary>
    public long Version { get; set; }
}
