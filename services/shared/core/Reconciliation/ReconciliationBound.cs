namespace Causality.Core.Reconciliation;

/// <summary>A place between the items of a set: before everything that is not smaller.</summary>
/// <remarks>
/// A timestamp and the first bytes of an id, no more than needed to tell two neighbours apart. Bytes that are left out count as zero, which orders
/// bounds and items as the protocol does. Source: Negentropy Protocol V1, "Bound".
/// </remarks>
public readonly record struct ReconciliationBound : IComparable<ReconciliationBound>
{
    /// <summary>Takes a bound apart that is not <see cref="End"/>.</summary>
    /// <param name="timestamp">Any but <see cref="ulong.MaxValue"/>, which means the end.</param>
    /// <param name="prefix">0 to 32 bytes.</param>
    /// <exception cref="ArgumentException">More than 32 bytes.</exception>
    public ReconciliationBound(ulong timestamp, ReadOnlySpan<byte> prefix)
    {
        if (prefix.Length > ContentHash.LengthBytes)
            throw new ArgumentException($"A bound has at most {ContentHash.LengthBytes} bytes of an id, not {prefix.Length}.", nameof(prefix));

        Span<byte> padded = stackalloc byte[ContentHash.LengthBytes];
        padded.Clear();
        prefix.CopyTo(padded);
        (Timestamp, Prefix, PrefixLength) = (timestamp, new ContentHash(padded), prefix.Length);
    }

    /// <summary>Before every item: the default.</summary>
    public static ReconciliationBound Start => default;

    /// <summary>After every item.</summary>
    public static ReconciliationBound End { get; } = new(ulong.MaxValue, []);

    /// <summary>Timestamp; <see cref="ulong.MaxValue"/> for the end.</summary>
    public ulong Timestamp { get; }

    /// <summary>The first bytes of an id, filled up with zeros.</summary>
    public ContentHash Prefix { get; }

    /// <summary>How many bytes of <see cref="Prefix"/> were given, 0 to 32.</summary>
    public int PrefixLength { get; }

    /// <summary>True for <see cref="End"/>.</summary>
    public bool IsEnd => Timestamp == ulong.MaxValue;

    /// <summary>The bound just before an item.</summary>
    public static ReconciliationBound At(ReconciliationItem item)
    {
        Span<byte> id = stackalloc byte[ContentHash.LengthBytes];
        item.Id.WriteTo(id);
        return new ReconciliationBound((ulong)item.Timestamp, id);
    }

    /// <summary>The shortest bound that has one item before it and the next one behind it.</summary>
    /// <param name="previous">An item.</param>
    /// <param name="next">A greater one.</param>
    public static ReconciliationBound Between(ReconciliationItem previous, ReconciliationItem next)
    {
        if (previous.Timestamp != next.Timestamp)
            return new ReconciliationBound((ulong)next.Timestamp, []);

        Span<byte> left = stackalloc byte[ContentHash.LengthBytes], right = stackalloc byte[ContentHash.LengthBytes];
        previous.Id.WriteTo(left);
        next.Id.WriteTo(right);
        var shared = left.CommonPrefixLength(right);
        return new ReconciliationBound((ulong)next.Timestamp, right[..Math.Min(shared + 1, right.Length)]);
    }

    /// <summary>True when the item stands before this bound.</summary>
    public bool IsAfter(ReconciliationItem item) =>
        (ulong)item.Timestamp < Timestamp || ((ulong)item.Timestamp == Timestamp && item.Id < Prefix);

    /// <inheritdoc/>
    public int CompareTo(ReconciliationBound other)
    {
        var order = Timestamp.CompareTo(other.Timestamp);
        return order != 0 ? order : Prefix.CompareTo(other.Prefix);
    }

    /// <summary>The order of the places.</summary>
    public static bool operator <(ReconciliationBound left, ReconciliationBound right) => left.CompareTo(right) < 0;

    /// <summary>The order of the places.</summary>
    public static bool operator >(ReconciliationBound left, ReconciliationBound right) => left.CompareTo(right) > 0;

    /// <summary>The order of the places.</summary>
    public static bool operator <=(ReconciliationBound left, ReconciliationBound right) => left.CompareTo(right) <= 0;

    /// <summary>The order of the places.</summary>
    public static bool operator >=(ReconciliationBound left, ReconciliationBound right) => left.CompareTo(right) >= 0;
}
