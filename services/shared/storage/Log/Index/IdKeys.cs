using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Causality.Storage.Log.Index;

/// <summary>Keys of entry ids: SipHash-2-4 with 128 bits of result, under a key that this process draws by itself and tells nobody.</summary>
/// <remarks>
/// Ids come from peers. Whoever does not know the key can make two ids share one only by chance, 2^-128 a pair, so ids are never compared. SHA-256 would do
/// without a secret and costs ten times as much for so few bytes. Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF"; the 128-bit form as in
/// the authors' reference code.
/// </remarks>
internal static class IdKeys
{
    private static readonly (ulong Low, ulong High) Secret = Draw();

    /// <summary>The key of an id, good in this process only.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> idUtf8) => Hash(idUtf8, Secret.Low, Secret.High);

    /// <summary>SipHash-2-4-128.</summary>
    internal static UInt128 Hash(ReadOnlySpan<byte> data, ulong low, ulong high)
    {
        var (v0, v1, v2, v3) = (low ^ 0x736f6d6570736575UL, high ^ 0x646f72616e646f6dUL ^ 0xee, low ^ 0x6c7967656e657261UL, high ^ 0x7465646279746573UL);
        var rest = data;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            Take(BinaryPrimitives.ReadUInt64LittleEndian(rest), ref v0, ref v1, ref v2, ref v3);

        var last = (ulong)data.Length << 56;
        for (var index = 0; index < rest.Length; index++)
            last |= (ulong)rest[index] << (8 * index);
        Take(last, ref v0, ref v1, ref v2, ref v3);

        v2 ^= 0xee;
        Finish(ref v0, ref v1, ref v2, ref v3);
        var first = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        Finish(ref v0, ref v1, ref v2, ref v3);
        return new UInt128(v0 ^ v1 ^ v2 ^ v3, first);
    }

    private static void Take(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    private static void Finish(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        for (var round = 0; round < 4; round++)
            Round(ref v0, ref v1, ref v2, ref v3);
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }

    private static (ulong Low, ulong High) Draw()
    {
        Span<byte> secret = stackalloc byte[2 * sizeof(ulong)];
        RandomNumberGenerator.Fill(secret);
        return (BinaryPrimitives.ReadUInt64LittleEndian(secret), BinaryPrimitives.ReadUInt64LittleEndian(secret[sizeof(ulong)..]));
    }
}
