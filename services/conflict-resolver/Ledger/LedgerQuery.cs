namespace Causality.ConflictResolver.Ledger;

/// <summary>Which conflicts to list.</summary>
internal sealed record LedgerQuery
{
    /// <summary>Only of this kind; null for any.</summary>
    public ConflictKind? Kind { get; init; }

    /// <summary>Only in this state; null for any.</summary>
    public ConflictState? State { get; init; }

    /// <summary>Only those of which a decision has been superseded.</summary>
    public bool Superseded { get; init; }

    /// <summary>Only those to which this peer has brought a version.</summary>
    public string? PeerId { get; init; }

    /// <summary>Only those with a version of this trace.</summary>
    public string? TraceId { get; init; }

    /// <summary>Only those with this strategy.</summary>
    public string? Strategy { get; init; }

    /// <summary>Only those whose winner is of this type.</summary>
    public string? EntryType { get; init; }

    /// <summary>Came to light at or after, milliseconds since the Unix epoch.</summary>
    public long From { get; init; }

    /// <summary>Came to light at or before.</summary>
    public long To { get; init; } = long.MaxValue;

    /// <summary>Descending by latest change.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>The cursor: the version of the last one seen; null from the beginning.</summary>
    public long? After { get; init; }
}
