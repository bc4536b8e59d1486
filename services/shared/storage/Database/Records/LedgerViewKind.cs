namespace Causality.Storage.Database.Records;

/// <summary>What a row of the view says. Numbers are stored: never renumber.</summary>
public enum LedgerViewKind
{
    /// <summary>Which version of an entry id is shown.</summary>
    Id = 0,

    /// <summary>Whether an entry is shown beside others of the same timestamp.</summary>
    Entry = 1,
}
