namespace Causality.Storage.Database.Records;

/// <summary>A segment of the log: its metadata, and with it the name of its blob. Rows are never deleted.</summary>
public sealed class SegmentRecord
{
    /// <summary>The segment.</summary>
    public string Id { get; set; } = "";

    /// <summary>The operator that writes it.</summary>
    public string Origin { get; set; } = "";

    /// <summary>Smallest timestamp, milliseconds since the Unix epoch.</summary>
    public long StartTimestamp { get; set; }

    /// <summary>Greatest timestamp, milliseconds since the Unix epoch.</summary>
    public long EndTimestamp { get; set; }

    /// <summary>Number of entries.</summary>
    public long EntryCount { get; set; }

    /// <summary>SHA-256 of the content, 32 bytes; the blob of that name is durable before the row says so.</summary>
    public byte[] ContentHash { get; set; } = [];

    /// <summary>Length of the content, in bytes.</summary>
    public long SizeBytes { get; set; }

    /// <summary>Version of the log in which the row changed last; no two rows share one.</summary>
    public long ChangedVersion { get; set; }
}
