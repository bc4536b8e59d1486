namespace Causality.ConflictResolver.Ledger;

/// <summary>One of the entries of a conflict and who brought it.</summary>
public sealed class VersionRecord
{
    /// <summary>As in <see cref="LedgerRecord.Kind"/>.</summary>
    public ConflictKind Kind { get; set; }

    /// <summary>As in <see cref="LedgerRecord.Subject"/>.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The entry hash, lower-case hex; with kind and subject the key, so that recording twice is harmless.</summary>
    public string EntryHash { get; set; } = "";

    /// <summary>The entry id.</summary>
    public string EntryId { get; set; } = "";

    /// <summary>The entry's timestamp, milliseconds since the Unix epoch.</summary>
    public long Timestamp { get; set; }

    /// <summary><c>effect</c>, <c>fact</c> or <c>event</c>.</summary>
    public string EntryType { get; set; } = "";

    /// <summary>The entry's trace id; null if absent.</summary>
    public string? TraceId { get; set; }

    /// <summary>A segment in which it stands.</summary>
    public string SegmentId { get; set; } = "";

    /// <summary>The operator that writes that segment, as the segment says.</summary>
    public string Origin { get; set; } = "";

    /// <summary>The peer that brought it; null for our own.</summary>
    public string? PeerId { get; set; }

    /// <summary>The sync that brought it; null for our own, and for what a peer sent by itself.</summary>
    public Guid? SyncId { get; set; }

    /// <summary>0 for what was known before the conflict, else the round that brought it.</summary>
    public int Round { get; set; }

    /// <summary>When it came to light, milliseconds since the Unix epoch.</summary>
    public long FoundAt { get; set; }
}
