namespace Causality.Core;

/// <summary>The bounds of one entry, the same on every operator, so that what one accepts all accept.</summary>
public static class EntryLimits
{
    /// <summary>Longest canonical form (and longest accepted input), in bytes.</summary>
    public const int MaxEntryBytes = 1024 * 1024;

    /// <summary>Longest id, trace id or parent id, in UTF-8 bytes.</summary>
    public const int MaxIdBytes = 256;

    /// <summary>Deepest nesting, counting the entry's own object as 1.</summary>
    public const int MaxDepth = 32;

    /// <summary>Most pairs in an entry's metadata.</summary>
    public const int MaxMetadataPairs = 64;

    /// <summary>Greatest timestamp: the last millisecond of the year 9999. The smallest is 0.</summary>
    public const long MaxTimestamp = 253_402_300_799_999;
}
