namespace Causality.ConflictResolver.Ledger;

/// <summary>How a conflict stands. Numbers are stored: never renumber.</summary>
public enum ConflictState
{
    /// <summary>Somebody is to decide; until then the view shows what it showed before.</summary>
    Open = 0,

    /// <summary>Decided.</summary>
    Decided = 1,
}
