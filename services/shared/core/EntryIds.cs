using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Causality.Core;

/// <summary>Short keys for entry ids, for tables that hold millions of them.</summary>
public static class EntryIds
{
    /// <summary>The first eight bytes, big-endian, of SHA-256 over the id.</summary>
    /// <param name="idUtf8">The id in UTF-8, unescaped.</param>
    /// <returns>A key, not an identity: among honest ids two share one with a chance of about n²/2^65.</returns>
    /// <remarks>
    /// SHA-256 because ids come from peers: aiming at a key that is in the table already costs 2^64 tries. A pair of one's own making costs only 2^32,
    /// so who finds two entries under one key must still compare their ids. The price of a forged pair is that comparison.
    /// </remarks>
    public static ulong KeyOf(ReadOnlySpan<byte> idUtf8)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(idUtf8, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
