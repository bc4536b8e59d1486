using System.Text;

namespace Causality.Core.Tests.Support;

/// <summary>Short ways to make entries and segments in tests.</summary>
internal static class Samples
{
    public static readonly SegmentId SegmentA = new("seg-a");
    public static readonly OperatorId Alice = new("alice");
    public static readonly OperatorId Bob = new("bob");

    public static LogEntry Parse(string json) => LogEntry.Parse(Encoding.UTF8.GetBytes(json));

    public static LogEntry Line(string line) => LogEntry.FromLine(Encoding.UTF8.GetBytes(line));

    public static string TextOf(LogEntry entry) => Encoding.UTF8.GetString(entry.CanonicalBytes.Span);

    public static LogEntry Numbered(int number, long timestamp = 1_000) => LogEntry.Create($"entry-{number}", timestamp, EntryType.Fact, Encoding.UTF8.GetBytes($"{number}"));

    public static LogSegment Segment(params IEnumerable<LogEntry> entries) => LogSegment.FromEntries(SegmentA, Alice, entries);
}
