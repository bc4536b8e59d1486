namespace Causality.Contracts;

/// <summary>One of the entries of a conflict.</summary>
public sealed record ConflictVersion
{
    /// <summary>The entry hash, lower-case hex.</summary>
    public required string EntryHash { get; init; }

    /// <summary>The entry id.</summary>
    public required string EntryId { get; init; }

    /// <summary>The entry's timestamp, milliseconds since the Unix epoch.</summary>
    public required long Timestamp { get; init; }

    /// <summary><c>effect</c>, <c>fact</c> or <c>event</c>.</summary>
    public required string EntryType { get; init; }

    /// <summary>The entry's trace id; null if absent.</summary>
    public string? TraceId { get; init; }

    /// <summary>A segment in which it stands.</summary>
    public required string SegmentId { get; init; }

    /// <summary>The operator that writes that segment, as the segment says.</summary>
    public required string Origin { get; init; }

    /// <summary>The peer that brought it; null for the operator's own.</summary>
    public string? PeerId { get; init; }

    /// <summary>The sync that brought it; null for the operator's own, and for what a peer sent by itself.</summary>
    public Guid? SyncId { get; init; }

    /// <summary>True when it came in since the conflict was last decided.</summary>
    public required bool IsNew { get; init; }
}
