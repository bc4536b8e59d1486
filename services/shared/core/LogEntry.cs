using System.Text.Json;

namespace Causality.Core;

/// <summary>One immutable record of the log.</summary>
/// <remarks>
/// Holds its line and reads members from it when asked; equal when the bytes are equal. Thread-safe. Seed: "LogEntry"; design §2 points 1 and 2.
/// </remarks>
public sealed class LogEntry : IEquatable<LogEntry>
{
    private static readonly IReadOnlyDictionary<string, string> NoMetadata = new SortedList<string, string>(0, StringComparer.Ordinal).AsReadOnly();

    private readonly EntryLayout _layout;
    private readonly ReadOnlyMemory<byte> _line;

    internal LogEntry(ReadOnlyMemory<byte> line, in EntryLayout layout, ContentHash hash)
    {
        _line = line;
        _layout = layout;
        Hash = hash;
    }

    /// <summary>Chosen by the writer, 1 to 256 UTF-8 bytes without control characters. Two entries with one id and different hashes are a conflict.</summary>
    public string Id => field ??= TextOf(_layout.Id);

    /// <summary>Milliseconds since the Unix epoch, UTC; 0 to <see cref="EntryLimits.MaxTimestamp"/>.</summary>
    public long Timestamp => _layout.Timestamp;

    /// <summary>What the entry records.</summary>
    public EntryType EntryType => _layout.EntryType;

    /// <summary>The payload, any JSON value in UTF-8: canonical after <see cref="Parse"/> and <see cref="Create"/>, as it was written after <see cref="FromLine"/>.</summary>
    public ReadOnlyMemory<byte> Data => _line.Slice(_layout.Data.Start, _layout.Data.Length);

    /// <summary>Ties entries of one causal chain together, 1 to 256 UTF-8 bytes; null if absent.</summary>
    public string? TraceId => _layout.TraceId.IsAbsent ? null : field ??= TextOf(_layout.TraceId);

    /// <summary>The id of the entry that caused this one, 1 to 256 UTF-8 bytes; null if absent. The parent need not be in the log.</summary>
    public string? ParentId => _layout.ParentId.IsAbsent ? null : field ??= TextOf(_layout.ParentId);

    /// <summary>Free pairs, at most 64, ordered by ordinal of the key; empty if absent.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _layout.Metadata.IsAbsent ? NoMetadata : field ??= ReadMetadata();

    /// <summary>The entry's line without its end: what is hashed, stored and sent. From <see cref="FromLine"/> it is the line given, canonical or not.</summary>
    public ReadOnlyMemory<byte> CanonicalBytes => _line;

    /// <summary>SHA-256 of <see cref="CanonicalBytes"/>: the identity of the entry.</summary>
    public ContentHash Hash { get; }

    /// <summary>Its place in the log.</summary>
    public EntryKey Key => new(Timestamp, Hash);

    /// <summary>Where the id stands in the line, between its quotes and still escaped.</summary>
    internal ByteRange IdRange => _layout.Id;

    /// <summary>Parses and canonicalizes one JSON object, as an application appends it.</summary>
    /// <param name="utf8Json">
    /// Not trusted; at most 1 MiB; white space and any order of members allowed. <c>timestamp</c> may be RFC 3339 text, whose digits below a millisecond
    /// are dropped (rounding down). Optional members that are null, and empty metadata, count as absent.
    /// </param>
    /// <returns>An entry of its own memory: equal input, whatever its order and white space, gives equal bytes and hash.</returns>
    /// <exception cref="InvalidEntryException">
    /// Names the member at fault: missing, unknown, repeated (at any depth), of another type or out of range; nested deeper than 32; not UTF-8; not JSON.
    /// Do not retry: the writer must mend it.
    /// </exception>
    /// <remarks>
    /// Names of nested objects ascend by UTF-16 code units and strings carry the fewest escapes (RFC 8785 §3.2.2.2, §3.2.3); numbers stay as written, which
    /// departs from RFC 8785 because it would lose digits. A number must still be finite as a double.
    /// </remarks>
    public static LogEntry Parse(ReadOnlySpan<byte> utf8Json)
    {
        var layout = EntryReader.Read(utf8Json, out var isCanonical);
        var line = isCanonical ? utf8Json.ToArray() : CanonicalWriter.Write(utf8Json, layout, out layout);
        return new LogEntry(line, layout, ContentHash.Of(line));
    }

    /// <summary>Reads a stored or received line and keeps its bytes exactly as they are: import never rewrites.</summary>
    /// <param name="line">One line without its end. Kept, not copied: the caller must not change it afterwards.</param>
    /// <exception cref="InvalidEntryException">As for <see cref="Parse"/>, or the line holds a raw line feed or carriage return.</exception>
    public static LogEntry FromLine(ReadOnlyMemory<byte> line) => new(line, EntryReader.ReadLine(line.Span), ContentHash.Of(line.Span));

    /// <summary>Makes an entry from its parts.</summary>
    /// <param name="id">1 to 256 UTF-8 bytes without control characters.</param>
    /// <param name="timestamp">Milliseconds since the Unix epoch, 0 to <see cref="EntryLimits.MaxTimestamp"/>.</param>
    /// <param name="entryType">What the entry records.</param>
    /// <param name="dataJson">Exactly one JSON value in UTF-8.</param>
    /// <param name="traceId">As <paramref name="id"/>; null for none.</param>
    /// <param name="parentId">As <paramref name="id"/>; null for none.</param>
    /// <param name="metadata">At most 64 pairs, any order; null or empty for none.</param>
    /// <exception cref="InvalidEntryException">Names the part at fault, as for <see cref="Parse"/>.</exception>
    public static LogEntry Create(
        string id, long timestamp, EntryType entryType, ReadOnlySpan<byte> dataJson,
        string? traceId = null, string? parentId = null, IReadOnlyDictionary<string, string>? metadata = null) =>
        Parse(EntryComposer.Compose(id, timestamp, entryType, dataJson, traceId, parentId, metadata));

    /// <inheritdoc/>
    public bool Equals(LogEntry? other) => other is not null && Hash == other.Hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LogEntry);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode();

    /// <summary>Id, timestamp and the start of the hash, for logs and test output.</summary>
    public override string ToString() => $"{Printable.Shorten(Id)} @{Timestamp} {Hash.Prefix:x16}";

    private string TextOf(ByteRange range) => JsonEscapes.ToText(range.Of(_line.Span));

    private SortedList<string, string> ReadMetadata()
    {
        var pairs = new SortedList<string, string>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(_layout.Metadata.Of(_line.Span));
        for (json.Read(); json.Read() && json.TokenType == JsonTokenType.PropertyName;)
        {
            var name = json.GetString()!;
            json.Read();
            pairs.Add(name, json.GetString()!);
        }

        return pairs;
    }
}
