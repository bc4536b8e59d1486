using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Causality.Core.Reconciliation;

namespace Causality.Core;

/// <summary>A running fingerprint of a set: the sum of its members' 32-byte ids, and their count.</summary>
/// <remarks>
/// The sums form a group: members go in and out in any order, and the fingerprint of a range is the difference of two prefixes.
/// <c>default</c> is the empty set. A fingerprint does not know its members: adding one twice or removing a stranger goes unnoticed, so
/// keep the set where uniqueness is enforced. Source: Negentropy Protocol V1, "Fingerprint Algorithm"; design §4.
/// </remarks>
public readonly record struct LogFingerprint
{
    /// <summary>Length of a root before it is written in hexadecimal, in bytes.</summary>
    public const int RootBytes = 16;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private LogFingerprint(ulong a, ulong b, ulong c, ulong d, long count) => (_a, _b, _c, _d, Count) = (a, b, c, d, count);

    /// <summary>The fingerprint of the empty set.</summary>
    public static LogFingerprint Empty => default;

    /// <summary>The 32-byte sum, little-endian, modulo 2^256; a new array each time.</summary>
    public byte[] SumBytes
    {
        get
        {
            var sum = new byte[ContentHash.LengthBytes];
            WriteSum(sum);
            return sum;
        }
    }

    /// <summary>Number of members, 0 or more.</summary>
    public long Count { get; }

    /// <summary>Restores a fingerprint from its stored parts.</summary>
    /// <param name="sum">32 bytes, little-endian: <see cref="SumBytes"/>.</param>
    /// <param name="count">Number of members, 0 or more.</param>
    /// <exception cref="ArgumentException">Another length, or a negative count: the stored parts are damaged; count again.</exception>
    public static LogFingerprint FromParts(ReadOnlySpan<byte> sum, long count)
    {
        if (sum.Length != ContentHash.LengthBytes)
            throw new ArgumentException($"A sum is {ContentHash.LengthBytes} bytes, not {sum.Length}.", nameof(sum));

        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Read(sum, count);
    }

    /// <summary>With one more member.</summary>
    /// <param name="item">Its id; it must not be a member yet.</param>
    public LogFingerprint Add(ContentHash item) => Combine(OfItem(item));

    /// <summary>With one member less.</summary>
    /// <param name="item">Its id; it must be a member.</param>
    /// <exception cref="InvalidOperationException">The set is empty: the caller's count is wrong.</exception>
    public LogFingerprint Remove(ContentHash item) => Subtract(OfItem(item));

    /// <summary>The fingerprint of the union of two disjoint sets.</summary>
    /// <param name="other">The other set; either order gives the same.</param>
    public LogFingerprint Combine(LogFingerprint other)
    {
        ulong carry = 0;
        var a = AddLimb(_a, other._a, ref carry);
        var b = AddLimb(_b, other._b, ref carry);
        var c = AddLimb(_c, other._c, ref carry);
        var d = AddLimb(_d, other._d, ref carry);
        return new LogFingerprint(a, b, c, d, checked(Count + other.Count));
    }

    /// <summary>The fingerprint of what remains of this set without a subset of it.</summary>
    /// <param name="subset">For a range of an ordered set: the prefix before it.</param>
    /// <exception cref="InvalidOperationException">It has more members than this set.</exception>
    public LogFingerprint Subtract(LogFingerprint subset)
    {
        if (subset.Count > Count)
            throw new InvalidOperationException($"A set of {Count} has no subset of {subset.Count}; the fingerprint was fed with other items than the set.");

        ulong borrow = 0;
        var a = SubtractLimb(_a, subset._a, ref borrow);
        var b = SubtractLimb(_b, subset._b, ref borrow);
        var c = SubtractLimb(_c, subset._c, ref borrow);
        var d = SubtractLimb(_d, subset._d, ref borrow);
        return new LogFingerprint(a, b, c, d, Count - subset.Count);
    }

    /// <summary>16 bytes as 32 lower-case hex digits: SHA-256(sum ‖ varint count) cut to 16 bytes, as in Negentropy V1.</summary>
    public string ToRoot()
    {
        Span<byte> root = stackalloc byte[RootBytes];
        WriteRoot(root);
        return Convert.ToHexStringLower(root);
    }

    /// <summary>Writes the 16 bytes of the root, as they stand in a Fingerprint range on the wire.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    public void WriteRoot(Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[ContentHash.LengthBytes + Varint.MaxBytes];
        WriteSum(input);
        var length = ContentHash.LengthBytes + Varint.Write((ulong)Count, input[ContentHash.LengthBytes..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..length], digest);
        digest[..RootBytes].CopyTo(destination);
    }

    /// <summary>The member that stands for a segment: SHA-256(segment id ‖ 0x00 ‖ content_hash).</summary>
    /// <param name="id">The segment; its name is ASCII.</param>
    /// <param name="contentHash">The hash of its content; another content is another member.</param>
    public static ContentHash ItemOf(SegmentId id, ContentHash contentHash)
    {
        Span<byte> input = stackalloc byte[SegmentId.MaxLength + 1 + ContentHash.LengthBytes];
        var length = Encoding.UTF8.GetBytes(id.Value, input);
        input[length++] = 0;
        contentHash.WriteTo(input[length..]);
        return ContentHash.Of(input[..(length + ContentHash.LengthBytes)]);
    }

    private static LogFingerprint OfItem(ContentHash item)
    {
        Span<byte> bytes = stackalloc byte[ContentHash.LengthBytes];
        item.WriteTo(bytes);
        return Read(bytes, 1);
    }

    private static LogFingerprint Read(ReadOnlySpan<byte> sum, long count) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(sum),
        BinaryPrimitives.ReadUInt64LittleEndian(sum[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(sum[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(sum[24..]),
        count);

    private void WriteSum(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _a);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _d);
    }

    private static ulong AddLimb(ulong left, ulong right, ref ulong carry)
    {
        var sum = (UInt128)left + right + carry;
        carry = (ulong)(sum >> 64);
        return (ulong)sum;
    }

    private static ulong SubtractLimb(ulong left, ulong right, ref ulong borrow)
    {
        var difference = unchecked((UInt128)left - right - borrow);
        borrow = (ulong)(difference >> 64) & 1;
        return (ulong)difference;
    }
}
