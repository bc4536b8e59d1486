namespace Causality.ConflictResolver.Ledger;

/// <summary>What two entries quarrel about. Numbers are stored: never renumber.</summary>
public enum ConflictKind
{
    /// <summary>One entry id with several contents.</summary>
    SameId = 0,

    /// <summary>One timestamp with several entry ids.</summary>
    SameTimestamp = 1,
}
