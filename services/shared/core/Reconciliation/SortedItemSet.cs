namespace Causality.Core.Reconciliation;

/// <summary>A set that does not change: the entries of a segment's content.</summary>
/// <remarks>40 bytes per item, and as much again for prefix sums once a fingerprint is asked for; then any range in O(1). Thread-safe.</remarks>
public sealed class SortedItemSet : IReconciliationSet
{
    private readonly ReconciliationItem[] _items;
    private LogFingerprint[]? _prefixes;

    private SortedItemSet(ReconciliationItem[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <summary>The items, ascending.</summary>
    public ReadOnlySpan<ReconciliationItem> Items => _items;

    /// <summary>Memory that the set takes at most, in bytes.</summary>
    public long SizeBytes => 80L * _items.Length + 128;

    private LogFingerprint[] Prefixes => _prefixes ??= SumUp(_items);

    /// <summary>Makes a set.</summary>
    /// <param name="items">Any order.</param>
    /// <exception cref="ArgumentException">An item stands twice.</exception>
    public static SortedItemSet Of(IEnumerable<ReconciliationItem> items)
    {
        var sorted = items.ToArray();
        Array.Sort(sorted);
        for (var index = 1; index < sorted.Length; index++)
        {
            if (sorted[index - 1] == sorted[index])
                throw new ArgumentException($"Item {sorted[index].Id} stands twice; a set has it once.", nameof(items));
        }

        return new SortedItemSet(sorted);
    }

    /// <summary>Makes the set of a segment's entries.</summary>
    public static SortedItemSet Of(LogSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        var items = new ReconciliationItem[segment.Count];
        for (var index = 0; index < items.Length; index++)
            items[index] = ReconciliationItem.Of(segment.KeyAt(index));
        return new SortedItemSet(items); // A segment ascends by the same order and repeats nothing.
    }

    /// <inheritdoc/>
    public int LowerBound(ReconciliationBound bound)
    {
        var (low, high) = (0, _items.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = bound.IsAfter(_items[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <inheritdoc/>
    public LogFingerprint Fingerprint(int lower, int upper) => Prefixes[upper].Subtract(Prefixes[lower]);

    /// <inheritdoc/>
    public IEnumerable<ReconciliationItem> Range(int lower, int upper) => new ArraySegment<ReconciliationItem>(_items, lower, upper - lower);

    private static LogFingerprint[] SumUp(ReconciliationItem[] items)
    {
        var prefixes = new LogFingerprint[items.Length + 1];
        for (var index = 0; index < items.Length; index++)
            prefixes[index + 1] = prefixes[index].Add(items[index].Id);
        return prefixes;
    }
}
