using System.Security.Cryptography;

namespace Causality.Core.Reconciliation;

/// <summary>The key of one session of symbols: under it every item has a short id.</summary>
/// <remarks>The client picks it at random, so that nobody can prepare items whose short ids meet.</remarks>
public sealed class SymbolKey
{
    private readonly byte[] _bytes;
    private readonly SipHash _hash;

    /// <summary>Takes a key that came from the client.</summary>
    /// <param name="bytes">16 bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public SymbolKey(ReadOnlySpan<byte> bytes) => (_bytes, _hash) = (bytes.ToArray(), new SipHash(bytes));

    /// <summary>The key itself.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A key that nobody knows yet.</summary>
    public static SymbolKey Random() => new(RandomNumberGenerator.GetBytes(SipHash.KeyBytes));

    /// <summary>The short id of a segment: SipHash-2-4 of its item's 32 bytes.</summary>
    public ulong ShortId(ContentHash item)
    {
        Span<byte> input = stackalloc byte[ContentHash.LengthBytes];
        item.WriteTo(input);
        return _hash.Hash(input);
    }

    /// <summary>The short id of an entry of one of several segments: SipHash-2-4 of its 32 bytes and the segment's number, 8 bytes little-endian.</summary>
    /// <param name="entry">The entry hash.</param>
    /// <param name="segment">The place of the segment in the request, from 0: one entry in two segments is two items.</param>
    public ulong ShortId(ContentHash entry, int segment)
    {
        Span<byte> input = stackalloc byte[ContentHash.LengthBytes + sizeof(ulong)];
        entry.WriteTo(input);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(input[ContentHash.LengthBytes..], (ulong)segment);
        return _hash.Hash(input);
    }
}
