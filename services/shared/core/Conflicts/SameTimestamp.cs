namespace Causality.Core;

/// <summary>What is done about entries with one timestamp and different ids. Ordinary concurrency in a busy log, a conflict in the seed's words. Design §2 point 7.</summary>
public enum SameTimestamp
{
    /// <summary>Nothing: their order is by hash. The default.</summary>
    Ignore,

    /// <summary>They are recorded in the ledger and all stay in the view.</summary>
    Report,

    /// <summary>They are recorded and one of them is shown.</summary>
    Supersede,
}
