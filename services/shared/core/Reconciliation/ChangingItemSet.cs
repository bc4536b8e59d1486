using System.Runtime.InteropServices;

namespace Causality.Core.Reconciliation;

/// <summary>A set to which items are added and from which they are taken while it answers: the segments of a log.</summary>
/// <remarks>
/// Items lie in an array of slots; blocks of at most 256 slots keep the order, each with the sum of its items. An item costs 48 bytes for its slot and about 6 for
/// its place. Adding and removing: O(log n), and at most one block moved. The first question after a change adds up the blocks (n / 200); then a fingerprint
/// is two differences and at most two parts of a block. Not thread-safe.
/// </remarks>
public sealed class ChangingItemSet : IReconciliationSet
{
    private readonly List<Slot[]> _chunks = [];
    private readonly Stack<int> _free = new();
    private readonly List<ItemBlock> _blocks = [];
    private readonly List<int> _starts = [];
    private readonly List<LogFingerprint> _sums = [];
    private int _slots;
    private bool _isSummed;

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>Memory of the set, in bytes, without what the runtime adds.</summary>
    public long SizeBytes => (_chunks.Count * (long)ChunkLength * Marshal.SizeOf<Slot>()) + (_blocks.Count * (ItemBlock.Capacity * sizeof(int) + 160L));

    private static int ChunkLength => 4_096;

    /// <summary>Adds an item.</summary>
    /// <param name="item">Not in the set.</param>
    /// <param name="tag">Whatever the caller knows it by.</param>
    /// <returns>Its slot, its name until it is removed.</returns>
    /// <exception cref="InvalidOperationException">It is in the set already.</exception>
    public int Add(ReconciliationItem item, long tag)
    {
        var block = FindBlock(item);
        var index = block < 0 ? 0 : FindInBlock(_blocks[block], item);
        if (block >= 0 && index < _blocks[block].Count && At(_blocks[block][index]).Item == item)
            throw new InvalidOperationException($"Item {item.Id} is in the set already.");

        var slot = Allocate(item, tag);
        if (block < 0)
            _blocks.Insert(block = 0, new ItemBlock());
        if (_blocks[block].IsFull)
            (block, index) = Split(block, index);
        _blocks[block].Insert(index, slot, item.Id);
        Count++;
        _isSummed = false;
        return slot;
    }

    /// <summary>Removes an item.</summary>
    /// <param name="slot">As <see cref="Add"/> gave it.</param>
    public void Remove(int slot)
    {
        var item = At(slot).Item;
        var block = FindBlock(item);
        _blocks[block].RemoveAt(FindInBlock(_blocks[block], item), item.Id);
        if (_blocks[block].Count == 0)
            _blocks.RemoveAt(block);
        _free.Push(slot);
        Count--;
        _isSummed = false;
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        _chunks.Clear();
        _free.Clear();
        _blocks.Clear();
        (_slots, Count, _isSummed) = (0, 0, false);
    }

    /// <summary>The item of a slot and its tag.</summary>
    public (ReconciliationItem Item, long Tag) this[int slot] => (At(slot).Item, At(slot).Tag);

    /// <inheritdoc/>
    public int LowerBound(ReconciliationBound bound)
    {
        SumUp();
        var (low, high) = (0, _blocks.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = bound.IsAfter(At(_blocks[middle][0]).Item) ? (middle + 1, high) : (low, middle);
        }

        if (low == 0)
            return 0;
        var block = _blocks[low - 1];
        var (first, last) = (0, block.Count);
        while (first < last)
        {
            var middle = (first + last) >>> 1;
            (first, last) = bound.IsAfter(At(block[middle]).Item) ? (middle + 1, last) : (first, middle);
        }

        return _starts[low - 1] + first;
    }

    /// <inheritdoc/>
    public LogFingerprint Fingerprint(int lower, int upper)
    {
        SumUp();
        return Prefix(upper).Subtract(Prefix(lower));
    }

    /// <inheritdoc/>
    public IEnumerable<ReconciliationItem> Range(int lower, int upper) => Slots(lower, upper).Select(slot => At(slot).Item);

    /// <summary>The slots of the items from <paramref name="lower"/> up to but without <paramref name="upper"/>, in the order of the items.</summary>
    /// <param name="lower">0 to <paramref name="upper"/>.</param>
    /// <param name="upper">At most <see cref="Count"/>.</param>
    public IEnumerable<int> Slots(int lower, int upper)
    {
        SumUp();
        if (lower >= upper)
            yield break;
        var block = BlockAt(lower);
        for (var index = lower; index < upper; block++)
        {
            var end = Math.Min(_blocks[block].Count, upper - _starts[block]);
            for (var place = index - _starts[block]; place < end; place++, index++)
                yield return _blocks[block][place];
        }
    }

    private ref Slot At(int slot) => ref _chunks[slot / ChunkLength][slot % ChunkLength];

    private int Allocate(ReconciliationItem item, long tag)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _slots++;
            if (slot / ChunkLength == _chunks.Count)
                _chunks.Add(new Slot[ChunkLength]);
        }

        At(slot) = new Slot(item, tag);
        return slot;
    }

    private (int Block, int Index) Split(int block, int index)
    {
        var isAppending = block == _blocks.Count - 1 && index == ItemBlock.Capacity;
        var keep = isAppending ? ItemBlock.Capacity * 7 / 8 : ItemBlock.Capacity / 2;
        _blocks.Insert(block + 1, _blocks[block].Split(keep, slot => At(slot).Item.Id));
        return index > keep ? (block + 1, index - keep) : (block, index);
    }

    /// <summary>The last block that begins at or before the item; the first when it is smaller than all; -1 when there are none.</summary>
    private int FindBlock(ReconciliationItem item)
    {
        var (low, high) = (0, _blocks.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = At(_blocks[middle][0]).Item <= item ? (middle + 1, high) : (low, middle);
        }

        return _blocks.Count == 0 ? -1 : Math.Max(0, low - 1);
    }

    private int FindInBlock(ItemBlock block, ReconciliationItem item)
    {
        var (low, high) = (0, block.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = At(block[middle]).Item < item ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private LogFingerprint Prefix(int end)
    {
        if (end == 0)
            return LogFingerprint.Empty;
        var block = BlockAt(end - 1);
        var inside = end - _starts[block];
        var isNearEnd = inside > _blocks[block].Count / 2;
        var sum = isNearEnd ? _sums[block].Combine(_blocks[block].Sum) : _sums[block];
        for (var index = isNearEnd ? inside : 0; index < (isNearEnd ? _blocks[block].Count : inside); index++)
            sum = isNearEnd ? sum.Remove(At(_blocks[block][index]).Item.Id) : sum.Add(At(_blocks[block][index]).Item.Id);
        return sum;
    }

    private int BlockAt(int index)
    {
        var found = _starts.BinarySearch(index);
        return found >= 0 ? found : ~found - 1;
    }

    private void SumUp()
    {
        if (_isSummed)
            return;
        _starts.Clear();
        _sums.Clear();
        var (start, sum) = (0, LogFingerprint.Empty);
        foreach (var block in _blocks)
        {
            _starts.Add(start);
            _sums.Add(sum);
            start += block.Count;
            sum = sum.Combine(block.Sum);
        }

        _isSummed = true;
    }

    private readonly record struct Slot(ReconciliationItem Item, long Tag);
}
