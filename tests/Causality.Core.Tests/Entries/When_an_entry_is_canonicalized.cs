using System.Text;
using Causality.Core.Tests.Support;
using FsCheck.Fluent;
using static Causality.Core.Tests.Support.Samples;

namespace Causality.Core.Tests.Entries;

/// <summary>The rules of canonical bytes, as properties over random entries and as examples.</summary>
public class When_an_entry_is_canonicalized
{
    private static readonly FsCheck.Gen<(Json Entry, int Seed, int Other)> Spelled =
        from entry in Generators.Entry
        from seed in Generators.Seed
        from other in Generators.Seed
        select (entry, seed, other);

    [Fact]
    public void Canonicalizing_twice_changes_nothing() => Generators.Holds(Spelled, sample =>
    {
        var once = LogEntry.Parse(JsonSpelling.Render(sample.Entry, sample.Seed));
        var twice = LogEntry.Parse(once.CanonicalBytes.Span);
        return twice.CanonicalBytes.Span.SequenceEqual(once.CanonicalBytes.Span) && twice.Hash == once.Hash;
    });

    [Fact]
    public void Order_white_space_and_escapes_do_not_matter() => Generators.Holds(Spelled, sample =>
    {
        var one = LogEntry.Parse(JsonSpelling.Render(sample.Entry, sample.Seed));
        var other = LogEntry.Parse(JsonSpelling.Render(sample.Entry, sample.Other));
        return one.CanonicalBytes.Span.SequenceEqual(other.CanonicalBytes.Span) && one.Equals(other) && one.GetHashCode() == other.GetHashCode();
    });

    [Fact]
    public void The_result_equals_that_of_an_independent_writer() => Generators.Holds(Spelled, sample =>
    {
        var spelled = JsonSpelling.Render(sample.Entry, sample.Seed);
        return LogEntry.Parse(spelled).CanonicalBytes.Span.SequenceEqual(SlowCanonicalizer.Canonicalize(spelled));
    });

    [Fact]
    public void Canonical_bytes_are_never_longer_than_their_source() => Generators.Holds(Spelled, sample =>
    {
        var spelled = JsonSpelling.Render(sample.Entry, sample.Seed);
        return LogEntry.Parse(spelled).CanonicalBytes.Length <= spelled.Length;
    });

    [Fact]
    public void Members_read_back_equal_those_of_a_plain_parser() => Generators.Holds(Spelled, sample =>
    {
        var entry = LogEntry.Parse(JsonSpelling.Render(sample.Entry, sample.Seed));
        using var plain = System.Text.Json.JsonDocument.Parse(entry.CanonicalBytes);
        var root = plain.RootElement;
        return entry.Id == root.GetProperty("id").GetString()
            && entry.Timestamp == root.GetProperty("timestamp").GetInt64()
            && entry.TraceId == (root.TryGetProperty("trace_id", out var trace) ? trace.GetString() : null)
            && entry.ParentId == (root.TryGetProperty("parent_id", out var parent) ? parent.GetString() : null)
            && Encoding.UTF8.GetString(entry.Data.Span) == root.GetProperty("data").GetRawText()
            && (!root.TryGetProperty("metadata", out var pairs) || pairs.EnumerateObject().Select(pair => (pair.Name, pair.Value.GetString()!)).SequenceEqual(entry.Metadata.Select(pair => (pair.Key, pair.Value))));
    });

    [Theory]
    [InlineData("""{"entry_type":"event","parent_id":"p","metadata":{"b":"2","a":"1"},"data":{"z":1,"a":[1, 2]},"trace_id":"t","timestamp":5,"id":"x"}""",
        """{"id":"x","timestamp":5,"entry_type":"event","data":{"a":[1,2],"z":1},"trace_id":"t","parent_id":"p","metadata":{"a":"1","b":"2"}}""")]
    [InlineData("""{"id":"x","timestamp":5,"entry_type":"fact","data":null,"trace_id":null,"parent_id":null,"metadata":null}""", """{"id":"x","timestamp":5,"entry_type":"fact","data":null}""")]
    [InlineData("""{"id":"x","timestamp":5,"entry_type":"fact","data":1.50e+3,"metadata":{}}""", """{"id":"x","timestamp":5,"entry_type":"fact","data":1.50e+3}""")]
    [InlineData("""{"id":"\u0041\/","timestamp":5,"entry_type":"f\u0061ct","data":"\u000A\u001F\u00e9"}""", """{"id":"A/","timestamp":5,"entry_type":"fact","data":"\n\u001fé"}""")]
    [InlineData("""{"id":"x","timestamp":5,"entry_type":"fact","data":{"\ue000":1,"\ud83d\ude00":2,"\r":3,"1":4}}""", "{\"id\":\"x\",\"timestamp\":5,\"entry_type\":\"fact\",\"data\":{\"\\r\":3,\"1\":4,\"😀\":2,\"\ue000\":1}}")]
    public void Should_follow_the_rules(string source, string canonical) => TextOf(Samples.Parse(source)).ShouldBe(canonical);

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T01:00:00+01:00", 0)]
    [InlineData("1969-12-31t23:00:00-01:00", 0)]
    [InlineData("2026-01-31T09:30:00.5Z", 1_769_851_800_500)]
    [InlineData("2026-01-31T09:30:00.1239999Z", 1_769_851_800_123)]
    [InlineData("2024-02-29T00:00:00-00:00", 1_709_164_800_000)]
    [InlineData("9999-12-31T23:59:59.999Z", EntryLimits.MaxTimestamp)]
    public void Time_becomes_milliseconds_rounded_down(string time, long milliseconds) =>
        Samples.Parse($$"""{"id":"x","timestamp":"{{time}}","entry_type":"fact","data":1}""").Timestamp.ShouldBe(milliseconds);

    [Fact]
    public void The_deepest_nesting_allowed_is_32_levels_with_the_entry()
    {
        var data = new string('[', 31) + new string(']', 31);
        Encoding.UTF8.GetString(Samples.Parse($$"""{"id":"x","timestamp":5,"entry_type":"fact", "data":{{data}}}""").Data.Span).ShouldBe(data);
    }

    [Fact]
    public void Real_lines_give_what_the_independent_writer_gives()
    {
        var (lines, source) = SharedLog.Read();
        TestContext.Current.TestOutputHelper?.WriteLine($"{lines.Count} lines from {source}");

        foreach (var line in lines)
            TextOf(LogEntry.Parse(line)).ShouldBe(Encoding.UTF8.GetString(SlowCanonicalizer.Canonicalize(line)));
    }
}
