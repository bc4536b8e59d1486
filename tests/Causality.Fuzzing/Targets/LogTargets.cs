using System.Text.Json;
using Causality.Core;

namespace Causality.Fuzzing.Targets;

/// <summary>Entries and segments.</summary>
internal static class LogTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("entry-line", [.. Samples.Entries.Take(8).Select(entry => entry.CanonicalBytes.ToArray()), .. Samples.Bytes("""{ "timestamp" : "2026-01-01T00:00:00.5Z", "id":"x", "data": {"b":[1,2.50,{"z":null}],"a":"\u00e9"}, "entry_type":"event", "metadata":{"k":"v"}, "parent_id":"p" }""")], Samples.JsonWords, EntryLine),
        new("segment", [Samples.Segment.Content.ToArray(), Samples.Entries[0].CanonicalBytes.ToArray().Append((byte)'\n').ToArray()], [.. Samples.JsonWords, "\n"u8.ToArray()], Segment),
    ];

    private static bool EntryLine(byte[] input)
    {
        LogEntry entry;
        try
        {
            entry = LogEntry.Parse(input);
        }
        catch (InvalidEntryException exception)
        {
            return exception.Message.Length is > 0 and < 2_000 ? false : throw new FuzzFaultException("The message is empty or unbounded.", exception);
        }

        // Canonical bytes are canonical: they come back as they are, by both ways of reading, and are JSON for another parser.
        var again = LogEntry.Parse(entry.CanonicalBytes.Span);
        if (!again.CanonicalBytes.Span.SequenceEqual(entry.CanonicalBytes.Span) || again.Hash != entry.Hash)
            throw new FuzzFaultException("The canonical bytes are not canonical.");
        var line = LogEntry.FromLine(entry.CanonicalBytes);
        if (line.Hash != entry.Hash || line.Id != entry.Id || line.Timestamp != entry.Timestamp || line.EntryType != entry.EntryType)
            throw new FuzzFaultException("A line reads differently than the entry that it was made of.");
        using var document = JsonDocument.Parse(entry.CanonicalBytes);
        return document.RootElement.GetProperty("id").GetString() == entry.Id ? true : throw new FuzzFaultException("Another parser sees another id.");
    }

    private static bool Segment(byte[] input)
    {
        var parsed = Try(() => LogSegment.Parse(Samples.Id, Samples.Origin, input));
        var check = Try(() => LogSegment.Check(Samples.Id, Samples.Origin, input));
        if (parsed is null != check is null)
            throw new FuzzFaultException($"Parse says {(parsed is null ? "no" : "yes")}, Check says {(check is null ? "no" : "yes")}.");
        if (parsed is null)
            return false;
        if (parsed.Metadata != check!.Metadata)
            throw new FuzzFaultException("Parse and Check see other metadata.");
        var rebuilt = LogSegment.FromEntries(Samples.Id, Samples.Origin, Enumerable.Range(0, parsed.Count).Select(parsed.EntryAt));
        return rebuilt.Content.Span.SequenceEqual(input) ? true : throw new FuzzFaultException("The entries of the segment do not make the segment.");
    }

    private static LogSegment? Try(Func<LogSegment> read)
    {
        try
        {
            return read();
        }
        catch (SegmentInvalidException)
        {
            return null;
        }
    }
}
