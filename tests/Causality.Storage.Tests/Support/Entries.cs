using System.Text;
using Causality.Core;

namespace Causality.Storage.Tests.Support;

/// <summary>Entries and segments that follow from numbers.</summary>
internal static class Entries
{
    public const long Epoch = 1_767_225_600_000;

    public static LogEntry New(string id, long timestamp, string data = "1") =>
        LogEntry.Create(id, Epoch + timestamp, EntryType.Fact, Encoding.UTF8.GetBytes(data));

    public static LogEntry New(int number) => New($"entry-{number}", number, $"{{\"number\":{number}}}");

    public static List<LogEntry> Range(int first, int count) => Enumerable.Range(first, count).Select(New).ToList();

    public static LogSegment Segment(string id, params IEnumerable<LogEntry> entries) => LogSegment.FromEntries(new SegmentId(id), new OperatorId("beta"), entries);
}
