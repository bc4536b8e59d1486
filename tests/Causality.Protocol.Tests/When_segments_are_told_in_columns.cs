using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;

namespace Causality.Protocol.Tests;

public class When_segments_are_told_in_columns
{
    private static readonly SegmentMetadata[] Segments =
    [
        Describe("alpha.1", "alpha", 5_000, 6_000, 3, 700),
        Describe("alpha.2", "alpha", 0, 0, 1, 1),
        Describe("beta", "beta", EntryLimits.MaxTimestamp, EntryLimits.MaxTimestamp, long.MaxValue, long.MaxValue),
    ];

    [Fact]
    public void Should_say_everything_but_the_hash() =>
        SegmentColumnsWire.Read(SegmentColumnsWire.Write(Segments), 3).ShouldBe(Segments.Select(segment => segment with { ContentHash = default }));

    [Fact]
    public void Should_be_asked_for_by_five_bytes_of_each_short_id()
    {
        var key = new SymbolKey(new byte[16]);
        var (item, other) = (ContentHash.Of("item"u8), ContentHash.Of("other"u8));
        var asked = SegmentsRequest.Read(new SegmentsRequest(key, [ReconciliationRange.Everything], [key.ShortId(item)], [], IsBrief: true).ToBytes());

        (asked.IsBrief, asked.ShortIds.Single()).ShouldBe((true, key.ShortId(item) & 0xFF_FFFF_FFFF));
        asked.ToFilter()(item).ShouldBeTrue();
        asked.ToFilter()(other).ShouldBeFalse();
    }

    [Fact]
    public void Should_be_able_to_say_nothing() => SegmentColumnsWire.Read(SegmentColumnsWire.Write([]), 0).ShouldBeEmpty();

    [Fact]
    public void Should_refuse_more_than_was_asked_for() =>
        Should.Throw<ProtocolViolationException>(() => SegmentColumnsWire.Read(SegmentColumnsWire.Write(Segments), 2)).Message.ShouldContain("segments");

    [Fact]
    public void Should_refuse_every_answer_that_breaks_off_or_goes_on()
    {
        var answer = SegmentColumnsWire.Write(Segments);
        for (var length = 0; length < answer.Length; length++)
            Should.Throw<ProtocolViolationException>(() => SegmentColumnsWire.Read(answer.AsSpan(0, length), 3));
        Should.Throw<ProtocolViolationException>(() => SegmentColumnsWire.Read([.. answer, 0], 3)).Message.ShouldContain("follow");
    }

    [Fact]
    public void Should_take_nothing_out_of_bounds_whatever_byte_is_wrong()
    {
        var answer = SegmentColumnsWire.Write(Segments);
        for (var at = 0; at < answer.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                byte[] wrong = [.. answer];
                wrong[at] = (byte)value;
                IsRefusedOrSound(wrong).ShouldBeTrue($"byte {at} is {value}");
            }
        }
    }

    private static bool IsRefusedOrSound(byte[] answer)
    {
        try
        {
            var segments = SegmentColumnsWire.Read(answer, 3);
            return segments.Zip(segments.Skip(1)).All(pair => pair.First.Id < pair.Second.Id)
                && segments.TrueForAll(segment => segment is { StartTimestamp: >= 0, EndTimestamp: <= EntryLimits.MaxTimestamp, EntryCount: > 0, SizeBytes: > 0, HasContentHash: false } && segment.StartTimestamp <= segment.EndTimestamp);
        }
        catch (ProtocolViolationException)
        {
            return true;
        }
    }

    private static SegmentMetadata Describe(string id, string origin, long start, long end, long entries, long size) => new()
    {
        Id = new SegmentId(id),
        Origin = new OperatorId(origin),
        StartTimestamp = start,
        EndTimestamp = end,
        EntryCount = entries,
        SizeBytes = size,
        ContentHash = ContentHash.Of("content"u8),
    };
}
