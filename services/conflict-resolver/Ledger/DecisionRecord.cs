namespace Causality.ConflictResolver.Ledger;

/// <summary>A decision that a later one has superseded. Never changed, never deleted.</summary>
public sealed class DecisionRecord
{
    /// <summary>As in <see cref="LedgerRecord.Kind"/>.</summary>
    public ConflictKind Kind { get; set; }

    /// <summary>As in <see cref="LedgerRecord.Subject"/>.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Counted from 1 for each conflict.</summary>
    public int Number { get; set; }

    /// <summary>The state that it left the conflict in.</summary>
    public ConflictState State { get; set; }

    /// <summary>What it had the view show.</summary>
    public string WinnerHash { get; set; } = "";

    /// <summary>As in <see cref="LedgerRecord.Strategy"/>.</summary>
    public string Strategy { get; set; } = "";

    /// <summary>As in <see cref="LedgerRecord.Decider"/>.</summary>
    public Decider Decider { get; set; }

    /// <summary>As in <see cref="LedgerRecord.DecidedBy"/>.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>As in <see cref="LedgerRecord.Reason"/>.</summary>
    public string? Reason { get; set; }

    /// <summary>As in <see cref="LedgerRecord.PeerId"/>.</summary>
    public string? PeerId { get; set; }

    /// <summary>As in <see cref="LedgerRecord.SyncId"/>.</summary>
    public Guid? SyncId { get; set; }

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long DecidedAt { get; set; }

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long SupersededAt { get; set; }

    /// <summary>The decision in force as it is put away.</summary>
    internal static DecisionRecord Of(LedgerRecord row, long now) => new()
    {
        Kind = row.Kind,
        Subject = row.Subject,
        Number = row.Decisions,
        State = row.State,
        WinnerHash = row.WinnerHash,
        Strategy = row.Strategy,
        Decider = row.Decider,
        DecidedBy = row.DecidedBy,
        Reason = row.Reason,
        PeerId = row.PeerId,
        SyncId = row.SyncId,
        DecidedAt = row.DecidedAt,
        SupersededAt = now,
    };
}
