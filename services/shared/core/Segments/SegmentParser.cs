namespace Causality.Core;

/// <summary>Checks content of unknown origin line by line.</summary>
internal static class SegmentParser
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>One row per line, ascending.</summary>
    /// <exception cref="SegmentInvalidException">With the first line at fault.</exception>
    public static SegmentRow[] Parse(SegmentId id, ReadOnlySpan<byte> content)
    {
        // Counting line feeds first bounds all work before any of it is done.
        var rows = new SegmentRow[CountLines(id, content)];
        var scan = new CanonicalScan(content);
        var start = 0;
        for (var index = 0; index < rows.Length; index++)
        {
            var layout = ReadLine(id, index + 1, content, ref scan, start, out var length);
            rows[index] = new SegmentRow(new EntryKey(layout.Timestamp, ContentHash.Of(content.Slice(start, length))), start, length, layout.Id);
            if (index > 0)
                CheckOrder(id, index + 1, rows[index - 1].Key, rows[index].Key);
            start += length + 1;
        }

        return rows;
    }

    /// <summary>The same checks without keeping anything of the lines.</summary>
    /// <exception cref="SegmentInvalidException">With the first line at fault.</exception>
    public static SegmentSpan Check(SegmentId id, ReadOnlySpan<byte> content)
    {
        var count = CountLines(id, content);
        var scan = new CanonicalScan(content);
        var (first, previous, start) = (0L, 0L, 0);
        var last = ReadOnlySpan<byte>.Empty;
        for (var number = 1; number <= count; number++)
        {
            var timestamp = ReadLine(id, number, content, ref scan, start, out var length).Timestamp;
            var line = content.Slice(start, length);
            // Only where timestamps are equal does the order depend on the hashes.
            if (number == 1)
                first = timestamp;
            else if (timestamp <= previous)
                CheckOrder(id, number, new EntryKey(previous, ContentHash.Of(last)), new EntryKey(timestamp, ContentHash.Of(line)));

            previous = timestamp;
            last = line;
            start += length + 1;
        }

        return new SegmentSpan(count, first, previous);
    }

    /// <summary>Refuses content of more bytes than an import accepts.</summary>
    public static void CheckSize(SegmentId id, long lengthBytes)
    {
        if (lengthBytes > SegmentLimits.MaxBytes)
            throw new SegmentInvalidException(id, 0, $"the content has {lengthBytes} bytes; at most {SegmentLimits.MaxBytes} are accepted. Split it into several segments.");
    }

    /// <summary>Refuses more entries than an import accepts.</summary>
    public static void CheckCount(SegmentId id, int count)
    {
        if (count > SegmentLimits.MaxEntries)
            throw new SegmentInvalidException(id, 0, $"the content has {count} entries; at most {SegmentLimits.MaxEntries} are accepted. Split it into several segments.");
    }

    private static int CountLines(SegmentId id, ReadOnlySpan<byte> content)
    {
        CheckSize(id, content.Length);
        if (content.IsEmpty)
            throw new SegmentInvalidException(id, 0, "the content is empty; a segment has at least one entry.");

        var count = content.Count(LineFeed);
        CheckCount(id, count);
        if (content[^1] != LineFeed)
            throw new SegmentInvalidException(id, count + 1, "the line has no line feed at its end; the content was cut off.");

        return count;
    }

    private static EntryLayout ReadLine(SegmentId id, int number, ReadOnlySpan<byte> content, ref CanonicalScan scan, int start, out int length)
    {
        if (scan.TryRead(start, out var layout, out length))
            return layout;

        var line = content[start..];
        line = line[..line.IndexOf(LineFeed)];
        length = line.Length;
        try
        {
            return EntryReader.ReadLine(line);
        }
        catch (InvalidEntryException invalid)
        {
            throw new SegmentInvalidException(id, number, $"not an entry: {invalid.Message}", invalid);
        }
    }

    private static void CheckOrder(SegmentId id, int number, EntryKey previous, EntryKey current)
    {
        var order = previous.CompareTo(current);
        if (order == 0)
            throw new SegmentInvalidException(id, number, "the line repeats the one before it; every entry stands once.");
        if (order > 0)
            throw new SegmentInvalidException(id, number, "the line is out of order; entries ascend by timestamp, then by entry hash.");
    }
}
