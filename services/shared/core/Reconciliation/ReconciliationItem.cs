namespace Causality.Core.Reconciliation;

/// <summary>A member of a set that two operators reconcile.</summary>
/// <param name="Timestamp">Its place in time, milliseconds since the Unix epoch, 0 or more: the start of a segment (level 1), the time of an entry (level 2).</param>
/// <param name="Id">What it is: <see cref="LogFingerprint.ItemOf"/> of a segment, the hash of an entry.</param>
/// <remarks>Ordered by timestamp, then by the bytes of the id. Source: Negentropy Protocol V1, "Setup"; design §4.</remarks>
public readonly record struct ReconciliationItem(long Timestamp, ContentHash Id) : IComparable<ReconciliationItem>
{
    /// <summary>Takes an entry as an item.</summary>
    public static ReconciliationItem Of(EntryKey entry) => new(entry.Timestamp, entry.Hash);

    /// <summary>Takes a segment as an item.</summary>
    public static ReconciliationItem Of(SegmentMetadata segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return new ReconciliationItem(segment.StartTimestamp, LogFingerprint.ItemOf(segment.Id, segment.ContentHash));
    }

    /// <inheritdoc/>
    public int CompareTo(ReconciliationItem other)
    {
        var order = Timestamp.CompareTo(other.Timestamp);
        return order != 0 ? order : Id.CompareTo(other.Id);
    }

    /// <summary>The order of the set.</summary>
    public static bool operator <(ReconciliationItem left, ReconciliationItem right) => left.CompareTo(right) < 0;

    /// <summary>The order of the set.</summary>
    public static bool operator >(ReconciliationItem left, ReconciliationItem right) => left.CompareTo(right) > 0;

    /// <summary>The order of the set.</summary>
    public static bool operator <=(ReconciliationItem left, ReconciliationItem right) => left.CompareTo(right) <= 0;

    /// <summary>The order of the set.</summary>
    public static bool operator >=(ReconciliationItem left, ReconciliationItem right) => left.CompareTo(right) >= 0;
}
