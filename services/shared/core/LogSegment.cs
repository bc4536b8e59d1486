namespace Causality.Core;

/// <summary>A named set of entries in its one canonical form.</summary>
public sealed class LogSegment
{
    private LogSegment() { }

    /// <summary>Metadata computed from the content.</summary>
    public SegmentMetadata Metadata => throw new NotImplementedException();

    /// <summary>Every entry's line, each ended by a line feed, ascending by <see cref="EntryKey"/>, no key twice.</summary>
    public ReadOnlyMemory<byte> Content => throw new NotImplementedException();

    /// <summary>Number of entries, at least 1.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>The key of entry <paramref name="index"/>, ascending.</summary>
    public EntryKey KeyAt(int index) => throw new NotImplementedException();

    /// <summary>The line of entry <paramref name="index"/>, without its end.</summary>
    public ReadOnlyMemory<byte> LineAt(int index) => throw new NotImplementedException();

    /// <summary>The entry at <paramref name="index"/>.</summary>
    public LogEntry EntryAt(int index) => throw new NotImplementedException();

    /// <summary>Sorts and deduplicates entries into a segment.</summary>
    public static LogSegment FromEntries(SegmentId id, OperatorId origin, IEnumerable<LogEntry> entries) => throw new NotImplementedException();

    /// <summary>Checks received or stored content line by line and keeps its bytes.</summary>
    /// <exception cref="SegmentInvalidException">With the line at fault.</exception>
    public static LogSegment Parse(SegmentId id, OperatorId origin, ReadOnlyMemory<byte> content) => throw new NotImplementedException();

    /// <summary>The same, and the content must hash to <paramref name="expected"/>.</summary>
    /// <exception cref="ContentHashMismatchException">It does not; checked before the lines are looked at.</exception>
    public static LogSegment ParseVerified(SegmentId id, OperatorId origin, ReadOnlyMemory<byte> content, ContentHash expected) => throw new NotImplementedException();

    /// <summary>The union of the entries of two copies of one segment.</summary>
    public LogSegment Union(LogSegment other) => throw new NotImplementedException();
}
