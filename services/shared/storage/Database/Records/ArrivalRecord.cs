namespace Causality.Storage.Database.Records;

/// <summary>A segment, or a part of one, that a peer brought: one row for each import that changed the log. The memory of where entries came from.</summary>
public sealed class ArrivalRecord
{
    /// <summary>Counts up; the key.</summary>
    public long Id { get; set; }

    /// <summary>The segment.</summary>
    public string SegmentId { get; set; } = "";

    /// <summary>The peer.</summary>
    public string PeerId { get; set; } = "";

    /// <summary>The sync; null when the peer sent it by itself.</summary>
    public Guid? SyncId { get; set; }

    /// <summary>The version of the log that the import made (<see cref="HeadRecord.Version"/>).</summary>
    public long LogVersion { get; set; }

    /// <summary>First 8 bytes of each entry hash that our copy did not have, big-endian, one after the other; null when we had no copy, so that all came.</summary>
    public byte[]? Added { get; set; }

    /// <summary>When, milliseconds since the Unix epoch.</summary>
    public long ArrivedAt { get; set; }
}
