using Causality.Core.Tests.Support;
using FsCheck.Fluent;
using static Causality.Core.Tests.Support.Samples;

namespace Causality.Core.Tests.Segments;

/// <summary>The laws that make operators converge, whatever the order of syncs, retries and duplicates.</summary>
public class When_two_copies_are_united
{
    private static readonly FsCheck.Gen<(LogSegment A, LogSegment B, LogSegment C)> Triples =
        from a in Generators.Segment
        from b in Generators.Segment
        from c in Generators.Segment
        select (a, b, c);

    [Fact]
    public void Union_is_commutative() => Generators.Holds(Triples, copies => Same(copies.A.Union(copies.B), copies.B.Union(copies.A)));

    [Fact]
    public void Union_is_associative() => Generators.Holds(Triples, copies => Same(copies.A.Union(copies.B).Union(copies.C), copies.A.Union(copies.B.Union(copies.C))));

    [Fact]
    public void Union_is_idempotent() => Generators.Holds(Triples, copies =>
        Same(copies.A.Union(copies.A), copies.A) && Same(copies.A.Union(copies.B).Union(copies.B), copies.A.Union(copies.B)));

    [Fact]
    public void Union_equals_the_segment_of_all_entries() => Generators.Holds(Triples, copies =>
    {
        var all = EntriesOf(copies.A).Concat(EntriesOf(copies.B));
        var expected = Segment(all);
        var union = copies.A.Union(copies.B);
        return union.Metadata == expected.Metadata with { Origin = union.Metadata.Origin } && union.Content.Span.SequenceEqual(expected.Content.Span);
    });

    [Fact]
    public void A_union_is_sound_content() => Generators.Holds(Triples, copies =>
    {
        var union = copies.A.Union(copies.B);
        var parsed = LogSegment.ParseVerified(SegmentA, union.Metadata.Origin, union.Content, union.Metadata.ContentHash);
        return Same(parsed, union) && EntriesOf(parsed).SequenceEqual(EntriesOf(union)) && EntriesOf(union).Select(entry => entry.Id).SequenceEqual(Ids(union));
    });

    [Fact]
    public void A_copy_that_has_everything_is_returned_itself()
    {
        var all = Segment(Numbered(1), Numbered(2));

        all.Union(Segment(Numbered(2))).ShouldBeSameAs(all);
        Segment(Numbered(1)).Union(all).ShouldBeSameAs(all);
    }

    [Fact]
    public void The_smaller_origin_stays_in_both_directions()
    {
        var ours = LogSegment.FromEntries(SegmentA, Bob, [Numbered(1)]);
        var theirs = LogSegment.FromEntries(SegmentA, Alice, [Numbered(1)]);

        ours.Union(theirs).Metadata.Origin.ShouldBe(Alice);
        theirs.Union(ours).Metadata.Origin.ShouldBe(Alice);
    }

    [Fact]
    public void Should_refuse_a_segment_with_another_id()
    {
        var other = LogSegment.FromEntries(new SegmentId("seg-b"), Alice, [Numbered(1)]);

        Should.Throw<ArgumentException>(() => Segment(Numbered(1)).Union(other)).Message.ShouldContain("seg-b");
    }

    [Fact]
    public void Should_refuse_a_union_over_the_limit()
    {
        var half = (SegmentLimits.MaxEntries / 2) + 1;
        var ours = Segment(Enumerable.Range(0, half).Select(number => Numbered(number)));
        var theirs = Segment(Enumerable.Range(half, half).Select(number => Numbered(number)));

        Should.Throw<SegmentInvalidException>(() => ours.Union(theirs)).Reason.ShouldContain("100002 entries");
    }

    private static bool Same(LogSegment left, LogSegment right) => left.Metadata == right.Metadata && left.Content.Span.SequenceEqual(right.Content.Span);

    private static IEnumerable<LogEntry> EntriesOf(LogSegment segment) => Enumerable.Range(0, segment.Count).Select(segment.EntryAt);

    private static IEnumerable<string> Ids(LogSegment segment) => Enumerable.Range(0, segment.Count).Select(index => System.Text.Encoding.UTF8.GetString(segment.IdAt(index).Span));
}
