using System.Buffers.Binary;
using System.Numerics;

namespace Causality.Core.Reconciliation;

/// <summary>The four words that <see cref="SipHash"/> works on.</summary>
/// <param name="k0">First half of the key.</param>
/// <param name="k1">The other.</param>
/// <param name="variant">0 for 64 bits of result, 0xee for 128.</param>
internal struct SipState(ulong k0, ulong k1, ulong variant)
{
    private ulong _v0 = k0 ^ 0x736f6d6570736575UL;
    private ulong _v1 = k1 ^ 0x646f72616e646f6dUL ^ variant;
    private ulong _v2 = k0 ^ 0x6c7967656e657261UL;
    private ulong _v3 = k1 ^ 0x7465646279746573UL;

    /// <summary>Takes the whole input: its words, and a last one of what is left and the length.</summary>
    public void Absorb(ReadOnlySpan<byte> input)
    {
        var rest = input;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(rest));

        var last = (ulong)input.Length << 56;
        for (var index = 0; index < rest.Length; index++)
            last |= (ulong)rest[index] << (8 * index);
        Absorb(last);
    }

    /// <summary>The first word of the result.</summary>
    public ulong Squeeze(ulong mark, int rounds)
    {
        _v2 ^= mark;
        return Mix(rounds);
    }

    /// <summary>The next one.</summary>
    public ulong SqueezeMore(ulong mark, int rounds)
    {
        _v1 ^= mark;
        return Mix(rounds);
    }

    private void Absorb(ulong word)
    {
        _v3 ^= word;
        Round();
        Round();
        _v0 ^= word;
    }

    private ulong Mix(int rounds)
    {
        for (var round = 0; round < rounds; round++)
            Round();
        return _v0 ^ _v1 ^ _v2 ^ _v3;
    }

    private void Round()
    {
        unchecked
        {
            _v0 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
