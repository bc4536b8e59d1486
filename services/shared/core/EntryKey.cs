namespace Causality.Core;

/// <summary>The place of an entry in the order of every segment and of the whole log: by timestamp, then by hash.</summary>
/// <param name="Timestamp">Milliseconds since the Unix epoch.</param>
/// <param name="Hash">The entry hash.</param>
public readonly record struct EntryKey(long Timestamp, ContentHash Hash) : IComparable<EntryKey>
{
    /// <inheritdoc/>
    public int CompareTo(EntryKey other) => Timestamp != other.Timestamp ? Timestamp.CompareTo(other.Timestamp) : Hash.CompareTo(other.Hash);

    /// <summary>Log order.</summary>
    public static bool operator <(EntryKey left, EntryKey right) => left.CompareTo(right) < 0;

    /// <summary>Log order.</summary>
    public static bool operator >(EntryKey left, EntryKey right) => left.CompareTo(right) > 0;

    /// <summary>Log order.</summary>
    public static bool operator <=(EntryKey left, EntryKey right) => left.CompareTo(right) <= 0;

    /// <summary>Log order.</summary>
    public static bool operator >=(EntryKey left, EntryKey right) => left.CompareTo(right) >= 0;
}
