namespace Causality.Core;

/// <summary>A running fingerprint of a set: the sum of its members' 32-byte ids, and their count.</summary>
public readonly record struct LogFingerprint
{
    /// <summary>The fingerprint of the empty set.</summary>
    public static LogFingerprint Empty => default;

    /// <summary>The 32-byte sum, little-endian, modulo 2^256.</summary>
    public byte[] SumBytes => throw new NotImplementedException();

    /// <summary>Number of members.</summary>
    public long Count => throw new NotImplementedException();

    /// <summary>Restores a fingerprint from its stored parts.</summary>
    public static LogFingerprint FromParts(ReadOnlySpan<byte> sum, long count) => throw new NotImplementedException();

    /// <summary>With one more member.</summary>
    public LogFingerprint Add(ContentHash item) => throw new NotImplementedException();

    /// <summary>With one member less.</summary>
    public LogFingerprint Remove(ContentHash item) => throw new NotImplementedException();

    /// <summary>16 bytes as 32 lower-case hex digits: SHA-256(sum ‖ varint count) cut to 16 bytes, as in Negentropy V1.</summary>
    public string ToRoot() => throw new NotImplementedException();

    /// <summary>The member that stands for a segment: SHA-256(segment id ‖ 0x00 ‖ content_hash).</summary>
    public static ContentHash ItemOf(SegmentId id, ContentHash contentHash) => throw new NotImplementedException();
}
