using System.Globalization;
using System.Text;
using Causality.Core;

namespace Causality.Benchmarks;

/// <summary>Entries of 256 canonical bytes, always the same ones.</summary>
internal static class SampleLog
{
    public const int EntryBytes = 256;

    public static byte[] CanonicalEntry(int number)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $$"""{"id":"commit-{{number:x40}}","timestamp":{{1_700_000_000_000L + number}},"entry_type":"fact","data":{"deletions":{{number % 100}},"insertions":12,"parents":[""") + '"';
        const string Tail = "\"]},\"trace_id\":\"example/project\"}";
        return Encoding.UTF8.GetBytes(head + new string('f', EntryBytes - head.Length - Tail.Length) + Tail);
    }

    /// <summary>The same entry as a pretty-printing writer with its own order of members would send it.</summary>
    public static byte[] LooseEntry(int number)
    {
        var entry = LogEntry.Parse(CanonicalEntry(number));
        var parent = Encoding.UTF8.GetString(entry.Data.Span).Split('"')[7];
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "trace_id": "{{entry.TraceId}}",
              "data": { "parents": [ "{{parent}}" ], "insertions": 12, "deletions": {{number % 100}} },
              "entry_type": "fact",
              "id": "{{entry.Id}}",
              "timestamp": {{entry.Timestamp}}
            }
            """));
    }

    public static LogSegment Segment(int first, int count) =>
        LogSegment.FromEntries(new SegmentId("sample"), new OperatorId("bench"), Enumerable.Range(first, count).Select(number => LogEntry.Parse(CanonicalEntry(number))));
}
