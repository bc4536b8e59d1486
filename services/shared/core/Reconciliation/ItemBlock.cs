namespace Causality.Core.Reconciliation;

/// <summary>A run of neighbouring items: their slots in order, and the fingerprint of all of them.</summary>
internal sealed class ItemBlock
{
    /// <summary>Most slots in a block.</summary>
    public const int Capacity = 256;

    private readonly int[] _slots = new int[Capacity];

    public int Count { get; private set; }

    public LogFingerprint Sum { get; private set; }

    public bool IsFull => Count == Capacity;

    public int this[int index] => _slots[index];

    public void Insert(int index, int slot, ContentHash id)
    {
        Array.Copy(_slots, index, _slots, index + 1, Count - index);
        _slots[index] = slot;
        Count++;
        Sum = Sum.Add(id);
    }

    public void RemoveAt(int index, ContentHash id)
    {
        Count--;
        Array.Copy(_slots, index + 1, _slots, index, Count - index);
        Sum = Sum.Remove(id);
    }

    /// <summary>Moves the greater items into a new block: few when the block is the last one, so that items that come in order fill the blocks.</summary>
    public ItemBlock Split(int keep, Func<int, ContentHash> idOf)
    {
        var right = new ItemBlock();
        for (var index = keep; index < Count; index++)
            right.Insert(right.Count, _slots[index], idOf(_slots[index]));
        Count = keep;
        Sum = Sum.Subtract(right.Sum);
        return right;
    }
}
