using Causality.Core;
using Causality.Storage.Log.Index;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public sealed class IdKeysTests
{
    /// <summary>Of the vectors that the authors publish: key 00 01 … 0f, input empty and 00 01 … 0e.</summary>
    [Theory]
    [InlineData(0, "a3817f04ba25a8e66df67214c7550293")]
    [InlineData(1, "da87c1d86b99af44347659119b22fc45")]
    public void Is_SipHash_2_4_with_128_bits(int length, string expected)
    {
        var hash = IdKeys.Hash([.. Enumerable.Range(0, length).Select(number => (byte)number)], 0x0706050403020100, 0x0f0e0d0c0b0a0908);

        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(bytes, hash);
        Convert.ToHexStringLower(bytes).ShouldBe(expected);
    }

    [Fact]
    public void Eight_lanes_hash_what_one_does_whatever_the_lengths()
    {
        var content = new byte[40_000];
        new Random(7).NextBytes(content);
        (int Start, int Length)[] messages = [.. Enumerable.Range(0, 300).Select(length => (length * 3, length)), (0, 4_096), (1, 65), (2, 20_000)];
        foreach (var order in new[] { messages, [.. messages.Reverse()] })
        {
            var hashes = new ContentHash[order.Length];

            Sha256Lanes.Hash(content, order, hashes);

            hashes.ShouldBe(order.Select(message => ContentHash.Of(content.AsSpan(message.Start, message.Length))));
        }
    }

    [Fact]
    public void A_scan_finds_what_parsing_finds_whatever_the_lines_look_like()
    {
        string[] lines = ["{\"id\":\"a\",\"timestamp\":5,\"entry_type\":\"fact\",\"data\":1}", "{\"id\":\"q\\\"uote\",\"timestamp\":6,\"entry_type\":\"fact\",\"data\":1}",
            "{ \"timestamp\":7,\"id\":\"spaced\",\"entry_type\":\"fact\",\"data\":1}", "{\"id\":\"größe\",\"timestamp\":1e1,\"entry_type\":\"fact\",\"data\":1}"];
        var entries = lines.Select(line => System.Text.Encoding.UTF8.GetBytes(line)).Where(IsEntry).Select(line => LogEntry.FromLine(line)).ToArray();
        var segment = Entries.Segment("s", entries);

        var scanned = SegmentScan.Read(segment.Content.Span);

        scanned.ShouldBe(new SegmentDigest(segment).Lines);
        scanned.Length.ShouldBeGreaterThanOrEqualTo(3);
    }

    private static bool IsEntry(byte[] line)
    {
        try
        {
            return LogEntry.FromLine(line) is not null;
        }
        catch (InvalidEntryException)
        {
            return false;
        }
    }
}
