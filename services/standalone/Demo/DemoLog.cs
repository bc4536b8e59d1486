using System.Globalization;
using System.Text;
using Causality.Core;
using Causality.Standalone.Input;

namespace Causality.Standalone.Demo;

/// <summary>The entries that the demo deals out to its two operators.</summary>
/// <param name="First">The first operator's entries.</param>
/// <param name="Second">The second operator's entries.</param>
/// <param name="Conflicts">How many ids stand in both with different content.</param>
internal sealed record DemoLog(IReadOnlyList<LogEntry> First, IReadOnlyList<LogEntry> Second, int Conflicts)
{
    private const int GeneratedEntries = 10_000;
    private const int MaxConflicts = 25;

    /// <summary>Deals a file's entries out; or, without a file, made-up ones.</summary>
    /// <exception cref="InputException">A line is no entry, an id has two contents, or there is no entry at all.</exception>
    public static async Task<DemoLog> LoadAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null)
            return Deal(Generate());

        var byId = new Dictionary<string, (LogEntry Entry, int Line)>(StringComparer.Ordinal);
        await foreach (var (line, entry) in JsonLinesFile.ReadAsync(path, cancellationToken))
        {
            if (!byId.TryAdd(entry.Id, (entry, line)) && !byId[entry.Id].Entry.Equals(entry))
                throw new InputException($"{path}, line {line}: id: '{Printable.Shorten(entry.Id)}' stands on line {byId[entry.Id].Line} with other content; entries are immutable, so give the new one its own id.");
        }

        return byId.Count == 0
            ? throw new InputException($"{path} holds no entry; write one JSON object a line, with id, timestamp, entry_type and data.")
            : Deal([.. byId.Values.Select(value => value.Entry)]);
    }

    // Two fifths each, one fifth in both: two operators that have seen much of the same.
    private static DemoLog Deal(IReadOnlyList<LogEntry> entries)
    {
        var (first, second) = (new List<LogEntry>(), new List<LogEntry>());
        for (var i = 0; i < entries.Count; i++)
        {
            if (i % 5 is 0 or 1 or 4)
                first.Add(entries[i]);
            if (i % 5 is 2 or 3 or 4)
                second.Add(entries[i]);
        }

        var conflicts = Math.Clamp(entries.Count / 100, 1, MaxConflicts);
        var last = entries.Max(entry => entry.Timestamp);
        for (var i = 0; i < conflicts; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"demo-conflict-{last}-{i}");
            first.Add(Observation(id, last, "seen by the first operator"));
            second.Add(Observation(id, Math.Min(last + (i % 3), EntryLimits.MaxTimestamp), "seen by the second operator"));
        }

        return new DemoLog(first, second, conflicts);
    }

    private static LogEntry Observation(string id, long timestamp, string text) => LogEntry.Create(id, timestamp, EntryType.Fact, Encoding.UTF8.GetBytes($"{{\"observed\":\"{text}\"}}"));

    private static List<LogEntry> Generate()
    {
        const long Start = 1_767_225_600_000;
        var random = new Random(20260101);
        var entries = new List<LogEntry>(GeneratedEntries);
        for (var i = 0; i < GeneratedEntries; i++)
        {
            var data = string.Create(CultureInfo.InvariantCulture, $"{{\"sequence\":{i},\"reading\":{random.Next(1_000_000)},\"note\":\"made up for the demo\"}}");
            entries.Add(LogEntry.Create(string.Create(CultureInfo.InvariantCulture, $"demo-{i:D6}"), Start + (i * 250L) + random.Next(250), (EntryType)(i % 3), Encoding.UTF8.GetBytes(data), traceId: $"trace-{i / 100}"));
        }

        return entries;
    }
}
