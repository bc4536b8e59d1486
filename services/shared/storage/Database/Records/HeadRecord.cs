namespace Causality.Storage.Database.Records;

/// <summary>The one row that every change of segments locks: the order of the change feed, and the fingerprint of the whole log.</summary>
public sealed class HeadRecord
{
    /// <summary>The key of the one row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; set; } = OnlyId;

    /// <summary>Version of the latest change; 0 for an empty log.</summary>
    public long Version { get; set; }

    /// <summary>Sum over the segments, 32 bytes, little-endian.</summary>
    public byte[] FingerprintSum { get; set; } = [];

    /// <summary>Number of segments.</summary>
    public long SegmentCount { get; set; }

    /// <summary>Sum of the segments' entries.</summary>
    public long EntryCount { get; set; }

    /// <summary>Sum of the segments' content lengths, in bytes.</summary>
    public long SizeBytes { get; set; }
}
