using System.Text;
using Causality.Core.Tests.Support;
using static Causality.Core.Tests.Support.Samples;

namespace Causality.Core.Tests.Entries;

public class When_an_entry_is_made_from_parts
{
    [Fact]
    public void Should_equal_the_same_entry_from_text()
    {
        var made = LogEntry.Create("<é>\"", 7, EntryType.Effect, " {\"b\":1,\"a\":\"&\"} "u8, "t", "p", new Dictionary<string, string> { ["z"] = "\n", ["a"] = "" });

        TextOf(made).ShouldBe("""{"id":"<é>\"","timestamp":7,"entry_type":"effect","data":{"a":"&","b":1},"trace_id":"t","parent_id":"p","metadata":{"a":"","z":"\n"}}""");
        made.ShouldBe(Samples.Parse(TextOf(made)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,\"parent_id\":\"x\"")]
    [InlineData("1}")]
    [InlineData("1 2")]
    [InlineData("{\"a\":1,}")]
    public void Should_refuse_data_that_is_not_one_value(string data) =>
        Should.Throw<InvalidEntryException>(() => LogEntry.Create("x", 7, EntryType.Fact, Encoding.UTF8.GetBytes(data))).Field.ShouldBe("data");

    [Fact]
    public void Should_name_the_part_at_fault()
    {
        Fault("", 7).ShouldBe("id");
        Fault("\ud800", 7).ShouldBe("id");
        Fault("x", -1).ShouldBe("timestamp");
        Fault("x", 7, (EntryType)9).ShouldBe("entry_type");
        Fault("x", 7, traceId: "").ShouldBe("trace_id");
        Fault("x", 7, parentId: "\u0001").ShouldBe("parent_id");
        Fault("x", 7, metadata: new() { ["k"] = null! }).ShouldBe("metadata.k");
        Fault("x", 7, metadata: new() { ["k"] = "\udc00" }).ShouldBe("metadata.k");
    }

    private static string? Fault(string id, long timestamp, EntryType type = EntryType.Fact, string? traceId = null, string? parentId = null, Dictionary<string, string>? metadata = null) =>
        Should.Throw<InvalidEntryException>(() => LogEntry.Create(id, timestamp, type, "1"u8, traceId, parentId, metadata)).Field;
}
