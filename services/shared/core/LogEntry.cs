namespace Causality.Core;

/// <summary>One immutable record of the log.</summary>
public sealed class LogEntry : IEquatable<LogEntry>
{
    private LogEntry() { }

    /// <summary>Chosen by the writer, 1 to 256 UTF-8 bytes.</summary>
    public string Id => throw new NotImplementedException();

    /// <summary>Milliseconds since the Unix epoch, UTC.</summary>
    public long Timestamp => throw new NotImplementedException();

    /// <summary>What the entry records.</summary>
    public EntryType EntryType => throw new NotImplementedException();

    /// <summary>The payload, as canonical JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Data => throw new NotImplementedException();

    /// <summary>Ties entries of one causal chain together; null if absent.</summary>
    public string? TraceId => throw new NotImplementedException();

    /// <summary>The id of the entry that caused this one; null if absent.</summary>
    public string? ParentId => throw new NotImplementedException();

    /// <summary>Free pairs, ordered by ordinal of the key; empty if absent.</summary>
    public IReadOnlyDictionary<string, string> Metadata => throw new NotImplementedException();

    /// <summary>The entry's line without its end: what is hashed, stored and sent.</summary>
    public ReadOnlyMemory<byte> CanonicalBytes => throw new NotImplementedException();

    /// <summary>SHA-256 of <see cref="CanonicalBytes"/>: the identity of the entry.</summary>
    public ContentHash Hash => throw new NotImplementedException();

    /// <summary>Its place in the log.</summary>
    public EntryKey Key => new(Timestamp, Hash);

    /// <summary>Parses and canonicalizes one JSON object.</summary>
    public static LogEntry Parse(ReadOnlySpan<byte> utf8Json) => throw new NotImplementedException();

    /// <summary>Reads a stored or received line and keeps its bytes exactly as they are.</summary>
    public static LogEntry FromLine(ReadOnlyMemory<byte> line) => throw new NotImplementedException();

    /// <summary>Makes an entry from its parts.</summary>
    public static LogEntry Create(
        string id, long timestamp, EntryType entryType, ReadOnlySpan<byte> dataJson,
        string? traceId = null, string? parentId = null, IReadOnlyDictionary<string, string>? metadata = null) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool Equals(LogEntry? other) => other is not null && Hash == other.Hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LogEntry);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode();
}
