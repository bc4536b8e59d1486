namespace Causality.Core;

/// <summary>A named set of entries in its one canonical form.</summary>
/// <remarks>
/// Immutable and thread-safe. Equal sets of entries have equal content and so equal hashes, on every operator. Seed: "LogSegment"; design §2 points 3 and 4.
/// </remarks>
public sealed partial class LogSegment
{
    private SegmentRow[]? _rows;

    private LogSegment(SegmentId id, OperatorId origin, ReadOnlyMemory<byte> content, SegmentRow[] rows, ContentHash contentHash)
        : this(id, origin, content, new SegmentSpan(rows.Length, rows[0].Key.Timestamp, rows[^1].Key.Timestamp), contentHash) =>
        _rows = rows;

    private LogSegment(SegmentId id, OperatorId origin, ReadOnlyMemory<byte> content, SegmentSpan span, ContentHash contentHash)
    {
        Content = content;
        Metadata = new SegmentMetadata
        {
            Id = id,
            Origin = origin,
            StartTimestamp = span.StartTimestamp,
            EndTimestamp = span.EndTimestamp,
            EntryCount = span.Count,
            ContentHash = contentHash,
            SizeBytes = content.Length,
        };
    }

    private LogSegment(LogSegment same, OperatorId origin)
    {
        Content = same.Content;
        _rows = same._rows;
        Metadata = same.Metadata with { Origin = origin };
    }

    /// <summary>Metadata computed from the content, apart from id and origin.</summary>
    public SegmentMetadata Metadata { get; }

    /// <summary>Every entry's line, each ended by a line feed, ascending by <see cref="EntryKey"/>, no key twice; its SHA-256 is the content hash.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Number of entries, at least 1.</summary>
    public int Count => (int)Metadata.EntryCount;

    // Worked out when somebody asks: a segment that is only passed on or stored needs no hash of any line. Twice at once gives the same twice.
    private SegmentRow[] Rows => _rows ??= SegmentParser.Parse(Metadata.Id, Content.Span);

    /// <summary>The key of entry <paramref name="index"/>, ascending.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1, as for every member with an index.</param>
    public EntryKey KeyAt(int index) => Rows[index].Key;

    /// <summary>The line of entry <paramref name="index"/>, without its end; a part of <see cref="Content"/>, not a copy.</summary>
    public ReadOnlyMemory<byte> LineAt(int index) => Content.Slice(Rows[index].Start, Rows[index].Length);

    /// <summary>The id of entry <paramref name="index"/> in UTF-8, unescaped; a part of <see cref="Content"/> unless it had escapes.</summary>
    public ReadOnlyMemory<byte> IdAt(int index)
    {
        var id = Rows[index].Id;
        var raw = LineAt(index).Slice(id.Start, id.Length);
        if (!raw.Span.Contains((byte)'\\'))
            return raw;

        var decoded = new byte[raw.Length];
        return decoded.AsMemory(0, JsonEscapes.Decode(raw.Span, decoded).Length);
    }

    /// <summary>The short key of the id of entry <paramref name="index"/>: <see cref="EntryIds.KeyOf"/>, computed at every call.</summary>
    public ulong IdKeyAt(int index) => EntryIds.KeyOf(IdAt(index).Span);

    /// <summary>The entry at <paramref name="index"/>; it keeps this segment's content in memory.</summary>
    public LogEntry EntryAt(int index)
    {
        var line = LineAt(index);
        return new LogEntry(line, EntryReader.Read(line.Span, out _), Rows[index].Key.Hash);
    }

    /// <summary>Finds an entry by its place in the order.</summary>
    /// <param name="key">Timestamp and hash, as reconciliation names entries.</param>
    /// <param name="index">Its index; −1 when it is not there.</param>
    /// <returns>False when this segment has no such entry.</returns>
    /// <remarks>O(log n), no allocation.</remarks>
    public bool TryFind(EntryKey key, out int index)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            index = (low + high) >>> 1;
            var order = Rows[index].Key.CompareTo(key);
            if (order == 0)
                return true;
            (low, high) = order < 0 ? (index + 1, high) : (low, index - 1);
        }

        index = -1;
        return false;
    }

    /// <summary>Finds the entries of which only the hashes are known.</summary>
    /// <param name="hashes">Entry hashes; those that are not here are passed over.</param>
    /// <returns>Indexes, ascending.</returns>
    /// <remarks>O(n), one look-up per entry. Prefer <see cref="TryFind"/> where timestamps are known.</remarks>
    public IReadOnlyList<int> IndexesOf(IReadOnlySet<ContentHash> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        var found = new List<int>(Math.Min(hashes.Count, Count));
        for (var index = 0; index < Count; index++)
        {
            if (hashes.Contains(Rows[index].Key.Hash))
                found.Add(index);
        }

        return found;
    }
}
