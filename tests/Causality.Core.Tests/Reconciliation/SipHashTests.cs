using System.Buffers.Binary;
using Causality.Core.Reconciliation;

namespace Causality.Core.Tests.Reconciliation;

/// <summary>The vectors that the authors publish: key 00 01 … 0f, input the first bytes of 00 01 02 ….</summary>
public sealed class SipHashTests
{
    private readonly SipHash _hash = new(Counting(SipHash.KeyBytes));

    [Theory]
    [InlineData(0, "310e0edd47db6f72")]
    [InlineData(1, "fd67dc93c539f874")]
    [InlineData(8, "6224939a79f5f593")]
    [InlineData(15, "e545be4961ca29a1")]
    [InlineData(16, "db9bc2577fcc2a3f")]
    [InlineData(32, "ce7cf2722f512771")]
    public void Gives_64_bits(int length, string expected)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _hash.Hash(Counting(length)));
        Convert.ToHexStringLower(bytes).ShouldBe(expected);
    }

    [Theory]
    [InlineData(0, "a3817f04ba25a8e66df67214c7550293")]
    [InlineData(1, "da87c1d86b99af44347659119b22fc45")]
    public void Gives_128_bits(int length, string expected)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, _hash.Hash128(Counting(length)));
        Convert.ToHexStringLower(bytes).ShouldBe(expected);
    }

    private static byte[] Counting(int length) => [.. Enumerable.Range(0, length).Select(number => (byte)number)];
}
