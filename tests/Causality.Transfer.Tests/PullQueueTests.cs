using Causality.Protocol;
using Causality.TestKit.Fakes;
using Causality.Transfer.Pulling;

namespace Causality.Transfer.Tests;

public sealed class PullQueueTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void What_is_little_in_all_is_small() => Queue(Mebibyte / 2, Mebibyte / 2).IsSmall.ShouldBeTrue();

    [Fact]
    public void Small_pieces_of_much_are_not()
    {
        // Broke: each of a large sync's first requests was small, and the peer spent a fifth of all processor time on compressing them.
        var queue = Queue(Enumerable.Repeat(Mebibyte / 4, 8).ToArray());

        queue.Take(mostEntries: 1)!.Length.ShouldBe(1);

        queue.IsSmall.ShouldBeFalse();
    }

    [Fact]
    public void Of_segments_that_come_in_part_only_the_part_counts()
    {
        var segment = Samples.Segment("s", 0, 1_000, "beta").Metadata with { SizeBytes = 1_000 * 10_000 };

        new PullQueue([new PlannedSegment(new SegmentWish(segment, null), false)]).IsSmall.ShouldBeFalse();
        new PullQueue([new PlannedSegment(new SegmentWish(segment, [segment.ContentHash]), false)]).IsSmall.ShouldBeTrue();
    }

    private static PullQueue Queue(params long[] sizes) =>
        new([.. sizes.Select((size, number) => new PlannedSegment(new SegmentWish(Samples.Segment($"s-{number}", number * 10, 10, "beta").Metadata with { SizeBytes = size }, null), true))]);
}
