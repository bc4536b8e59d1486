using System.Numerics;
using System.Security.Cryptography;
using Causality.Core.Tests.Support;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Differences;

public class LogFingerprintTests
{
    private static readonly FsCheck.Gen<(ContentHash[] Items, int Seed)> Sets =
        from items in Generators.Hash.ListOf()
        from seed in Generators.Seed
        select (items.ToArray(), seed);

    [Fact]
    public void The_order_of_the_members_does_not_matter() => Generators.Holds(Sets, set =>
    {
        var shuffled = set.Items.ToArray();
        new Random(set.Seed).Shuffle(shuffled);
        return Of(set.Items) == Of(shuffled) && Of(set.Items).ToRoot() == Of(shuffled).ToRoot();
    });

    [Fact]
    public void Removing_undoes_adding() => Generators.Holds(Sets, set => set.Items.Aggregate(Of(set.Items), (sum, item) => sum.Remove(item)) == LogFingerprint.Empty);

    [Fact]
    public void Any_range_is_the_difference_of_two_prefixes() => Generators.Holds(Sets, set =>
    {
        var cut = set.Items.Length / 2;
        var (head, tail) = (Of(set.Items[..cut]), Of(set.Items[cut..]));
        return head.Combine(tail) == Of(set.Items) && Of(set.Items).Subtract(head) == tail;
    });

    [Fact]
    public void Sum_and_root_equal_those_of_plain_big_integers() => Generators.Holds(Sets, set =>
    {
        var sum = set.Items.Aggregate(BigInteger.Zero, (total, item) => total + new BigInteger(item.ToByteArray(), isUnsigned: true)) % BigInteger.Pow(2, 256);
        var bytes = sum.ToByteArray(isUnsigned: true);
        byte[] padded = [.. bytes, .. new byte[32 - bytes.Length]];
        var fingerprint = Of(set.Items);
        byte[] input = [.. padded, .. Varint(set.Items.Length)];
        return fingerprint.SumBytes.SequenceEqual(padded)
            && fingerprint.ToRoot() == Convert.ToHexStringLower(SHA256.HashData(input)[..16])
            && LogFingerprint.FromParts(padded, set.Items.Length) == fingerprint;
    });

    [Theory]
    [InlineData(0, new byte[] { 0 })]
    [InlineData(127, new byte[] { 0x7F })]
    [InlineData(128, new byte[] { 0x81, 0x00 })]
    [InlineData(300, new byte[] { 0x82, 0x2C })]
    [InlineData(1L << 32, new byte[] { 0x90, 0x80, 0x80, 0x80, 0x00 })]
    [InlineData(long.MaxValue, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F })]
    public void Counts_are_hashed_with_the_most_significant_group_first(long count, byte[] varint)
    {
        byte[] input = [.. new byte[32], .. varint];

        LogFingerprint.FromParts(new byte[32], count).ToRoot().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(input)[..16]));
    }

    [Fact]
    public void Carries_run_through_all_limbs_and_out_at_the_top()
    {
        var one = new ContentHash([1, .. new byte[31]]);
        var greatest = new ContentHash([.. Enumerable.Repeat((byte)0xFF, 32)]);

        LogFingerprint.Empty.Add(greatest).Add(one).SumBytes.ShouldBe(new byte[32]);
        LogFingerprint.FromParts(new byte[32], 2).Remove(one).SumBytes.ShouldBe(greatest.ToByteArray());
    }

    [Fact]
    public void The_item_of_a_segment_hashes_its_name_a_zero_and_its_content_hash()
    {
        var content = ContentHash.Of("content"u8);
        byte[] input = [.. "seg-1"u8, 0, .. content.ToByteArray()];

        LogFingerprint.ItemOf(new SegmentId("seg-1"), content).ShouldBe(ContentHash.Of(input));
        LogFingerprint.ItemOf(new SegmentId(new string('x', SegmentId.MaxLength)), content).ShouldNotBe(default);
    }

    [Fact]
    public void Should_refuse_what_no_set_can_be()
    {
        Should.Throw<InvalidOperationException>(() => LogFingerprint.Empty.Remove(default));
        Should.Throw<ArgumentException>(() => LogFingerprint.FromParts(new byte[31], 1));
        Should.Throw<ArgumentOutOfRangeException>(() => LogFingerprint.FromParts(new byte[32], -1));
    }

    private static LogFingerprint Of(IEnumerable<ContentHash> items) => items.Aggregate(LogFingerprint.Empty, (sum, item) => sum.Add(item));

    private static byte[] Varint(int count) => count < 128 ? [(byte)count] : [(byte)(0x80 | (count >> 7)), (byte)(count & 0x7F)];
}
