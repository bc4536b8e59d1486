namespace Causality.Storage.Log;

/// <summary>What importing a segment did.</summary>
public enum ImportOutcome
{
    /// <summary>The segment was unknown and is now stored.</summary>
    Stored,

    /// <summary>The segment was known and now holds the union.</summary>
    Merged,

    /// <summary>Every entry was there already.</summary>
    Unchanged,
}
