using System.Buffers.Binary;
using System.Numerics;

namespace Causality.Core.Reconciliation;

/// <summary>SipHash-2-4: a short keyed hash that nobody can steer without the key.</summary>
/// <remarks>Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012.</remarks>
public readonly struct SipHash
{
    /// <summary>Length of a key, in bytes.</summary>
    public const int KeyBytes = 16;

    private readonly ulong _k0;
    private readonly ulong _k1;

    /// <summary>Takes a key.</summary>
    /// <param name="key">16 bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public SipHash(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes)
            throw new ArgumentException($"A key is {KeyBytes} bytes, not {key.Length}.", nameof(key));
        (_k0, _k1) = (BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));
    }

    /// <summary>The hash of some bytes.</summary>
    /// <param name="input">A multiple of 8 bytes: all that is hashed here is.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public ulong Hash(ReadOnlySpan<byte> input)
    {
        if (input.Length % sizeof(ulong) != 0)
            throw new ArgumentException($"{input.Length} bytes are no multiple of {sizeof(ulong)}.", nameof(input));

        var v0 = _k0 ^ 0x736f6d6570736575UL;
        var v1 = _k1 ^ 0x646f72616e646f6dUL;
        var v2 = _k0 ^ 0x6c7967656e657261UL;
        var v3 = _k1 ^ 0x7465646279746573UL;
        for (var rest = input; rest.Length > 0; rest = rest[sizeof(ulong)..])
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(rest), ref v0, ref v1, ref v2, ref v3);
        Absorb((ulong)input.Length << 56, ref v0, ref v1, ref v2, ref v3);

        v2 ^= 0xff;
        for (var round = 0; round < 4; round++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Absorb(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        unchecked
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
    }
}
