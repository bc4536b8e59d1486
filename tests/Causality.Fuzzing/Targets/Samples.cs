using System.Text;
using Causality.Core;

namespace Causality.Fuzzing.Targets;

/// <summary>Valid inputs and what they are made of.</summary>
internal static class Samples
{
    public static byte[][] JsonWords { get; } = Bytes(
        "{", "}", "[", "]", "[[[[[[[[", "{\"a\":", "\"", "\\u0000", "\\ud800", "\\udc00\\ud800", "\\/", "null", "true", "NaN", "-0", "1e400", "1e-400", "9223372036854775808", "-1", "0.1", "00", ",", ":", " ", "\t", "\r\n", "\u2028", "é",
        "\"id\":", "\"timestamp\":", "\"entry_type\":\"fact\"", "\"data\":", "\"metadata\":{}", "\"trace_id\":null", "\"type\":", "\"$type\":\"System.Object\"", "\"syncId\":", "\"peerId\":", "\"peer_id\":\"b\"", "\"overrides\":{}");

    public static byte[][] BinaryWords { get; } =
        [[0x61], [0x00], [0x01], [0x02], [0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0x81, 0x80, 0x80, 0x80, 0x00], [0xFF, 0xFF, 0x03], new byte[16], new byte[32], [.. Enumerable.Repeat((byte)0xFF, 32)]];

    public static LogEntry[] Entries { get; } =
        [.. Enumerable.Range(0, 60).Select(number => LogEntry.Create($"entry-{number}", 1_700_000_000_000 + (number / 2), (EntryType)(number % 3), Encoding.UTF8.GetBytes($"{{\"n\":{number},\"t\":\"é\\u0001\"}}"), traceId: number % 4 == 0 ? "trace" : null))];

    public static SegmentId Id { get; } = Parse("segment-1");

    public static OperatorId Origin { get; } = new("operator-b");

    public static LogSegment Segment { get; } = LogSegment.FromEntries(Id, Origin, Entries);

    public static SegmentMetadata[] Metadata { get; } =
        [.. Enumerable.Range(1, 9).Select(number => LogSegment.FromEntries(Parse($"segment-{number}"), Origin, Entries.Skip(number).Take(number + 3)).Metadata)];

    public static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static SegmentId Parse(string text) => SegmentId.TryParse(text, out var id) ? id : throw new InvalidOperationException(text);
}
