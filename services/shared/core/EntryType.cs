namespace Causality.Core;

/// <summary>What an entry records. Written as <c>effect</c>, <c>fact</c> and <c>event</c>. Seed: "LogEntry".</summary>
public enum EntryType
{
    /// <summary>Something the operator did.</summary>
    Effect,

    /// <summary>Something the operator observed.</summary>
    Fact,

    /// <summary>Something that happened inside the operator.</summary>
    Event,
}
