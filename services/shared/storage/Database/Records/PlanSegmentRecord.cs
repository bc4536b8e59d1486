namespace Causality.Storage.Database.Records;

/// <summary>A row of a sync's plan: one segment to fetch from the peer or to send to it. The key (sync, segment, content hash) makes writing the plan twice harmless.</summary>
public sealed class PlanSegmentRecord
{
    /// <summary>The sync.</summary>
    public Guid SyncId { get; set; }

    /// <summary>The segment.</summary>
    public string SegmentId { get; set; } = "";

    /// <summary>The peer's content, lower-case hex; zeros where the hash comes with the content.</summary>
    public string ContentHash { get; set; } = "";

    /// <summary>The attempt whose comparison planned it: a later one forgets what was planned before and not stored.</summary>
    public int Attempt { get; set; }

    /// <summary>The segment's origin, as the peer says.</summary>
    public string Origin { get; set; } = "";

    /// <summary>Smallest timestamp, as the peer says.</summary>
    public long StartTimestamp { get; set; }

    /// <summary>Greatest timestamp, as the peer says.</summary>
    public long EndTimestamp { get; set; }

    /// <summary>Entries, as the peer says.</summary>
    public long EntryCount { get; set; }

    /// <summary>Content bytes, as the peer says.</summary>
    public long SizeBytes { get; set; }

    /// <summary>Which way it moves. For <see cref="PlanDirection.Out"/> the hash and the figures describe our own copy.</summary>
    public PlanDirection Direction { get; set; }

    /// <summary>The hashes of the entries to move, 32 bytes each, one after the other, ascending; null for the whole segment.</summary>
    public byte[]? Entries { get; set; }

    /// <summary>How far it is.</summary>
    public PlanSegmentState State { get; set; }

    /// <summary>Why it is not stored, one of <c>SyncReasons</c>; null otherwise.</summary>
    public string? Reason { get; set; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; set; }

    /// <summary>Entries that our copy did not have; set when stored.</summary>
    public long EntriesAdded { get; set; }

    /// <summary>Content bytes received for it; set when stored.</summary>
    public long BytesReceived { get; set; }
}
