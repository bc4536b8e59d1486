using System.Text;
using Causality.Core.Tests.Support;
using static Causality.Core.Tests.Support.Samples;

namespace Causality.Core.Tests.Entries;

/// <summary>Import keeps the bytes that another operator hashed.</summary>
public class When_a_line_is_imported
{
    private const string Loose = """{ "timestamp":5, "id":"\u0061", "data":{"b":1, "a":2}, "entry_type":"fact", "metadata":{"k":"\u0031"} }""";

    [Fact]
    public void Should_keep_the_bytes_of_a_line_that_is_not_canonical()
    {
        var entry = Line(Loose);

        TextOf(entry).ShouldBe(Loose);
        entry.Hash.ShouldBe(ContentHash.Of(Encoding.UTF8.GetBytes(Loose)));
        entry.Hash.ShouldNotBe(Samples.Parse(Loose).Hash);
    }

    [Fact]
    public void Should_read_the_members_of_a_line_that_is_not_canonical()
    {
        var entry = Line(Loose);

        entry.Id.ShouldBe("a");
        entry.Key.ShouldBe(new EntryKey(5, entry.Hash));
        entry.EntryType.ShouldBe(EntryType.Fact);
        Encoding.UTF8.GetString(entry.Data.Span).ShouldBe("""{"b":1, "a":2}""");
        entry.Metadata.ShouldHaveSingleItem().ShouldBe(new KeyValuePair<string, string>("k", "1"));
        entry.TraceId.ShouldBeNull();
    }

    [Fact]
    public void A_canonical_line_is_the_entry_that_was_parsed()
    {
        var parsed = Samples.Parse(Loose);

        LogEntry.FromLine(parsed.CanonicalBytes).ShouldBe(parsed);
        parsed.Equals(null).ShouldBeFalse();
        parsed.Equals((object)"text").ShouldBeFalse();
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Should_refuse_more_than_one_line(string end) => Should.Throw<InvalidEntryException>(() => Line(Loose + end)).Field.ShouldBeNull();
}
