using System.Globalization;
using System.Text;
using Causality.Core;

namespace Causality.TestKit.Fakes;

/// <summary>Small entries and segments, the same on every run.</summary>
public static class Samples
{
    /// <summary>2026-01-01T00:00:00Z.</summary>
    public const long Epoch = 1_767_225_600_000;

    /// <summary>An entry whose id, time and payload follow from a number.</summary>
    public static LogEntry Entry(int number, string prefix = "entry") =>
        LogEntry.Create($"{prefix}-{number}", Epoch + number, EntryType.Fact, Encoding.UTF8.GetBytes($"{{\"number\":{number.ToString(CultureInfo.InvariantCulture)}}}"));

    /// <summary>A segment of consecutive entries.</summary>
    public static LogSegment Segment(string id, int first, int count, string origin = "alpha") =>
        LogSegment.FromEntries(new SegmentId(id), new OperatorId(origin), Enumerable.Range(first, count).Select(number => Entry(number)));
}
