using System.Text;

namespace Causality.Core.Tests.Entries;

/// <summary>Hostile and careless input: every row names the member at fault, or null for the entry as a whole.</summary>
public class When_an_entry_is_malformed
{
    private const string Head = """{"id":"a","timestamp":1,"entry_type":"fact",""";

    public static TheoryData<string, string?> Rows() => new()
    {
        // Not JSON, or not one object.
        { "", null },
        { "   ", null },
        { "null", null },
        { "[]", null },
        { "\"text\"", null },
        { "{", null },
        { Head + "\"data\":1", "data" },
        { Head + "\"data\":\"1\"", null },
        { Head + "\"data\":1,}", null },
        { Head + "\"data\":1}}", null },
        { Head + "\"data\":1} {}", null },
        { Head + "\"data\":1}x", null },
        { Head + "\"data\":1} // comment", null },
        { "/* comment */" + Head + "\"data\":1}", null },
        { "\uFEFF" + Head + "\"data\":1}", null },
        { Head + "'data':1}", null },
        { Head + "\"data\":NaN}", "data" },
        { Head + "\"data\":Infinity}", "data" },
        { Head + "\"data\":+1}", "data" },
        { Head + "\"data\":01}", "data" },
        { Head + "\"data\":.5}", "data" },
        { Head + "\"data\":1.}", "data" },
        { Head + "\"data\":0x10}", "data" },
        { Head + "\"data\":1e400}", "data" },
        { Head + "\"data\":[-1E999]}", "data" },
        { Head + "\"data\":[1,]}", "data" },
        { Head + "\"data\":{\"a\":1,}}", "data" },
        { Head + "\"data\":\"\\x41\"}", "data" },
        { Head + "\"data\":\"\\u12\"}", "data" },
        { Head + "\"data\":\"raw\nfeed\"}", "data" },
        { Head + "\"data\":}", "data" },
        { Head + "\"data\":\"\\ud800\"}", "data" },
        { Head + "\"data\":\"\\udc00\"}", "data" },
        { Head + "\"data\":\"\\ud800\\u0041\"}", "data" },
        { Head + "\"data\":\"\\ud800\\ud800\"}", "data" },
        { Head + "\"data\":\"\\ud800\"}", "data" },
        { Head + "\"data\":{\"\\udfff\":1}}", "data" },
        // Missing, unknown and repeated members.
        { "{}", "id" },
        { """{"timestamp":1,"entry_type":"fact","data":1}""", "id" },
        { """{"id":"a","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":1,"data":1}""", "entry_type" },
        { """{"id":"a","timestamp":1,"entry_type":"fact"}""", "data" },
        { Head + "\"data\":1,\"colour\":1}", "colour" },
        { Head + "\"data\":1,\"Id\":\"b\"}", "Id" },
        { Head + "\"data\":1,\"\":1}", "" },
        { Head + "\"data\":1,\"\\u0000\":1}", "\\u0000" },
        { Head + "\"data\":1,\"id\":\"b\"}", "id" },
        { Head + "\"data\":1,\"\\u0069d\":\"b\"}", "id" },
        { Head + "\"data\":1,\"data\":1}", "data" },
        { Head + "\"data\":1,\"trace_id\":null,\"trace_id\":\"x\"}", "trace_id" },
        { Head + "\"data\":{\"a\":1,\"a\":1}}", "data" },
        { Head + "\"data\":{\"a\":1,\"b\":2,\"\\u0061\":3}}", "data" },
        { Head + "\"data\":[{\"x\":{\"b\":1,\"a\":1,\"b\":2}}]}", "data" },
        { Head + "\"data\":1,\"metadata\":{\"k\":\"1\",\"k\":\"2\"}}", "metadata" },
        // Ids.
        { """{"id":1,"timestamp":1,"entry_type":"fact","data":1}""", "id" },
        { """{"id":null,"timestamp":1,"entry_type":"fact","data":1}""", "id" },
        { """{"id":"","timestamp":1,"entry_type":"fact","data":1}""", "id" },
        { """{"id":"a\u0000","timestamp":1,"entry_type":"fact","data":1}""", "id" },
        { """{"id":"a\n","timestamp":1,"entry_type":"fact","data":1}""", "id" },
        { "{\"id\":\"a\u007F\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":1}", "id" },
        { "{\"id\":\"a\u0085\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":1}", "id" },
        { """{"id":"\u009f","timestamp":1,"entry_type":"fact","data":1}""", "id" },
        { "{\"id\":\"" + new string('x', 257) + "\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":1}", "id" },
        { "{\"id\":\"" + new string('ü', 129) + "\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":1}", "id" },
        { "{\"id\":\"" + new string('x', 2000) + "\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":1}", "id" },
        { Head + "\"data\":1,\"trace_id\":\"\"}", "trace_id" },
        { Head + "\"data\":1,\"trace_id\":5}", "trace_id" },
        { Head + "\"data\":1,\"parent_id\":[]}", "parent_id" },
        { Head + "\"data\":1,\"parent_id\":\"\\u0007\"}", "parent_id" },
        // Timestamps.
        { """{"id":"a","timestamp":-1,"entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":-0,"entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":1.5,"entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":1e3,"entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":253402300800000,"entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":9223372036854775808,"entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":18446744073709551616,"entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":null,"entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":true,"entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"1","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"2026-01-31T09:30:00","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"2026-02-30T09:30:00Z","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"2026-01-31 09:30:00Z","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"2026-01-31T24:00:00Z","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"2026-01-31T09:30:60Z","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"2026-01-31T09:30:00.Z","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"2026-01-31T09:30:00+1:00","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"0000-01-01T00:00:00Z","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"10000-01-01T00:00:00Z","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"1969-12-31T23:59:59.999Z","entry_type":"fact","data":1}""", "timestamp" },
        { """{"id":"a","timestamp":"9999-12-31T23:59:59-00:01","entry_type":"fact","data":1}""", "timestamp" },
        { "{\"id\":\"a\",\"timestamp\":\"2026-01-31T09:30:00." + new string('1', 500) + "Z\",\"entry_type\":\"fact\",\"data\":1}", "timestamp" },
        // Entry types.
        { """{"id":"a","timestamp":1,"entry_type":"Fact","data":1}""", "entry_type" },
        { """{"id":"a","timestamp":1,"entry_type":"","data":1}""", "entry_type" },
        { """{"id":"a","timestamp":1,"entry_type":1,"data":1}""", "entry_type" },
        { """{"id":"a","timestamp":1,"entry_type":null,"data":1}""", "entry_type" },
        // Metadata.
        { Head + "\"data\":1,\"metadata\":[]}", "metadata" },
        { Head + "\"data\":1,\"metadata\":\"x\"}", "metadata" },
        { Head + "\"data\":1,\"metadata\":{\"host\":1}}", "metadata.host" },
        { Head + "\"data\":1,\"metadata\":{\"host\":null}}", "metadata.host" },
        { Head + "\"data\":1,\"metadata\":{\"a\":\"1\",\"host\":{}}}", "metadata.host" },
        { Head + "\"data\":1,\"metadata\":{" + string.Join(',', Enumerable.Range(0, 65).Select(n => $"\"k{n}\":\"v\"")) + "}}", "metadata" },
        // Depth: the entry is level 1, so 32 levels of data are one too many.
        { Head + "\"data\":" + new string('[', 32) + new string(']', 32) + "}", "data" },
        { Head + "\"data\":" + new string('[', 10_000) + new string(']', 10_000) + "}", "data" },
        { Head + "\"data\":1,\"metadata\":" + string.Concat(Enumerable.Repeat("{\"a\":", 40)), "metadata.a" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Should_name_the_member_at_fault(string json, string? field)
    {
        var fault = Should.Throw<InvalidEntryException>(() => LogEntry.Parse(Encoding.UTF8.GetBytes(json)));

        fault.Field.ShouldBe(field);
        fault.Reason.ShouldNotBeNullOrWhiteSpace();
        fault.Message.Length.ShouldBeLessThan(400);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Should_refuse_the_same_line_on_import(string json, string? field)
    {
        var fault = Should.Throw<InvalidEntryException>(() => LogEntry.FromLine(Encoding.UTF8.GetBytes(json)));

        // A raw line feed is refused before anything is read.
        if (!json.Contains('\n', StringComparison.Ordinal))
            fault.Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("{\"id\":\"a", "\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":1}", "id")]
    [InlineData("{\"id\":\"a\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":[\"", "\"]}", "data")]
    [InlineData("{\"id\":\"a\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":{\"", "\":1}}", "data")]
    [InlineData("{\"id\":\"a\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":1,\"metadata\":{\"k\":\"", "\"}}", "metadata")]
    public void Should_refuse_bytes_that_are_not_utf8(string before, string after, string field)
    {
        byte[][] broken = [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80]];
        foreach (var bytes in broken)
        {
            byte[] json = [.. Encoding.UTF8.GetBytes(before), .. bytes, .. Encoding.UTF8.GetBytes(after)];
            Should.Throw<InvalidEntryException>(() => LogEntry.Parse(json)).Field.ShouldBe(field);
        }
    }

    [Fact]
    public void Should_refuse_an_entry_over_one_mebibyte_and_take_one_of_exactly_that()
    {
        var overhead = Head.Length + "\"data\":\"\"}".Length;
        var largest = Encoding.UTF8.GetBytes(Head + "\"data\":\"" + new string('x', EntryLimits.MaxEntryBytes - overhead) + "\"}");
        LogEntry.Parse(largest).CanonicalBytes.Length.ShouldBe(EntryLimits.MaxEntryBytes);

        var fault = Should.Throw<InvalidEntryException>(() => LogEntry.Parse([.. largest, (byte)' ']));
        fault.Field.ShouldBeNull();
        fault.Reason.ShouldContain("1048577");
    }

    [Fact]
    public void Should_not_repeat_raw_hostile_text_in_the_message()
    {
        var hostile = "\\u001b[2J" + new string('x', 5000);
        var fault = Should.Throw<InvalidEntryException>(() => LogEntry.Parse(Encoding.UTF8.GetBytes(Head + "\"data\":1,\"" + hostile + "\":1}")));

        fault.Message.ShouldNotContain("\u001b");
        fault.Message.Length.ShouldBeLessThan(200);
    }
}
