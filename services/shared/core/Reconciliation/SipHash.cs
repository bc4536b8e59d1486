using System.Buffers.Binary;

namespace Causality.Core.Reconciliation;

/// <summary>SipHash-2-4: a short keyed hash that nobody can steer without the key.</summary>
/// <remarks>Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012; the 128-bit form as in the authors' reference code.</remarks>
public readonly struct SipHash
{
    /// <summary>Length of a key, in bytes.</summary>
    public const int KeyBytes = 16;

    private const int FinalRounds = 4;

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

    /// <summary>The hash of some bytes, 64 bits of it.</summary>
    public ulong Hash(ReadOnlySpan<byte> input)
    {
        var state = new SipState(_k0, _k1, 0);
        state.Absorb(input);
        return state.Squeeze(0xff, FinalRounds);
    }

    /// <summary>The hash of some bytes, 128 bits of it: another function, of which <see cref="Hash"/> is no part.</summary>
    public UInt128 Hash128(ReadOnlySpan<byte> input)
    {
        var state = new SipState(_k0, _k1, 0xee);
        state.Absorb(input);
        var low = state.Squeeze(0xee, FinalRounds);
        return new UInt128(state.SqueezeMore(0xdd, FinalRounds), low);
    }
}
