using System.Text;
using Causality.Core.Tests.Support;
using static Causality.Core.Tests.Support.Samples;

namespace Causality.Core.Tests.Segments;

/// <summary>Content from a peer: the first line at fault is named, whatever is wrong with it.</summary>
public class When_content_is_hostile
{
    private static readonly string[] Good = [.. Enumerable.Range(1, 3).Select(number => TextOf(Numbered(number, number)))];

    [Fact]
    public void Sound_content_is_kept_byte_for_byte()
    {
        var made = Segment(Enumerable.Range(1, 3).Select(number => Numbered(number, number)));
        var parsed = Parse(string.Concat(Good.Select(line => line + "\n")));

        parsed.Metadata.ShouldBe(made.Metadata);
        parsed.Content.Span.SequenceEqual(made.Content.Span).ShouldBeTrue();
    }

    [Fact]
    public void Real_lines_survive_the_way_through_a_segment()
    {
        var (lines, source) = SharedLog.Read(20_000);
        var made = Segment(lines.Select(line => LogEntry.Parse(line)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{made.Count} entries from {source}");

        var parsed = LogSegment.ParseVerified(SegmentA, Alice, made.Content, made.Metadata.ContentHash);
        Enumerable.Range(0, made.Count).ShouldAllBe(index => parsed.EntryAt(index).Equals(made.EntryAt(index)));
    }

    [Fact]
    public void A_line_that_is_not_canonical_is_kept_as_it_is()
    {
        const string loose = """{"timestamp":5,"id":"x", "entry_type":"fact","data":{"b":1,"a":2}}""";
        var segment = Parse(loose + "\n");

        segment.EntryAt(0).CanonicalBytes.Span.SequenceEqual(Encoding.UTF8.GetBytes(loose)).ShouldBeTrue();
        segment.EntryAt(0).Id.ShouldBe("x");
    }

    public static TheoryData<string, int, string> Rows() => new()
    {
        { "", 0, "empty" },
        { Good[0], 1, "no line feed" },
        { Good[0] + "\n" + Good[1], 2, "no line feed" },
        { "\n", 1, "not an entry" },
        { Good[0] + "\n\n" + Good[1] + "\n", 2, "not an entry" },
        { Good[0] + "\nnonsense\n", 2, "not an entry" },
        { Good[0] + "\r\n" + Good[1] + "\r\n", 1, "carriage return" },
        { Good[0] + "\n" + Good[2] + "\n" + Good[1] + "\n", 3, "out of order" },
        { Good[0] + "\n" + Good[1] + "\n" + Good[1] + "\n", 3, "repeats" },
        { Good[0] + "\n" + """{"id":"a","timestamp":2,"entry_type":"fact","data":{"a":1,"a":2}}""" + "\n", 2, "twice" },
        { Good[0] + "\n" + """{"id":"a","timestamp":2,"entry_type":"fact","data":"\ud800"}""" + "\n", 2, "data" },
        { Good[0] + "\n" + """{"id":"a","timestamp":2,"entry_type":"fact","data":1,"colour":1}""" + "\n", 2, "colour" },
        { Good[0] + "\n" + new string('x', EntryLimits.MaxEntryBytes + 1) + "\n", 2, "1048577" },
        { new string('\n', SegmentLimits.MaxEntries + 1), 0, "100001 entries" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Should_name_the_line_and_the_reason(string content, int line, string reason)
    {
        var fault = Should.Throw<SegmentInvalidException>(() => Parse(content));

        fault.Line.ShouldBe(line);
        fault.Reason.ShouldContain(reason);
        fault.SegmentId.ShouldBe(SegmentA);
    }

    [Fact]
    public void Should_refuse_equal_timestamps_whose_hashes_do_not_ascend()
    {
        var segment = Segment(Numbered(1), Numbered(2));
        var swapped = Encoding.UTF8.GetString(segment.LineAt(1).Span) + "\n" + Encoding.UTF8.GetString(segment.LineAt(0).Span) + "\n";

        Should.Throw<SegmentInvalidException>(() => Parse(swapped)).Line.ShouldBe(2);
    }

    [Fact]
    public void Should_refuse_too_many_bytes_before_looking_at_them()
    {
        var content = new byte[SegmentLimits.MaxBytes + 1];

        Should.Throw<SegmentInvalidException>(() => LogSegment.Parse(SegmentA, Alice, content)).Line.ShouldBe(0);
        Should.Throw<SegmentInvalidException>(() => LogSegment.ParseVerified(SegmentA, Alice, content, default)).Line.ShouldBe(0);
    }

    [Fact]
    public void Should_report_both_hashes_of_altered_bytes_before_anything_else()
    {
        var expected = Segment(Numbered(1)).Metadata.ContentHash;
        var altered = "altered"u8.ToArray();

        var fault = Should.Throw<ContentHashMismatchException>(() => LogSegment.ParseVerified(SegmentA, Alice, altered, expected));
        fault.Expected.ShouldBe(expected);
        fault.Actual.ShouldBe(ContentHash.Of(altered));
    }

    [Fact]
    public void Any_damaged_byte_is_noticed() => Generators.Holds(Generators.Segment, segment =>
    {
        var content = segment.Content.ToArray();
        content[content.Length / 2] ^= 0x01;
        return Throws<ContentHashMismatchException>(() => LogSegment.ParseVerified(SegmentA, Alice, content, segment.Metadata.ContentHash));
    });

    private static LogSegment Parse(string content) => LogSegment.Parse(SegmentA, Alice, Encoding.UTF8.GetBytes(content));

    private static bool Throws<T>(Action action)
        where T : Exception => Record.Exception(action) is T;
}
