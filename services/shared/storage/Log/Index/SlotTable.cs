namespace Causality.Storage.Log.Index;

/// <summary>Open addressing from a 64-bit key to the number of an element that somebody else holds: 4 bytes a slot, at most three quarters full.</summary>
internal sealed class SlotTable
{
    private const int Empty = -1;

    private int[] _slots = NewSlots(1024);
    private int _used;

    /// <summary>Finds the slot of an element, or the free slot where it belongs.</summary>
    /// <param name="key">Evenly spread: the start of a hash.</param>
    /// <param name="isWanted">Compares an element that shares the slot.</param>
    /// <param name="state">Passed on, so that no closure is made.</param>
    /// <returns>The element's number, or −1; and the slot for <see cref="Set"/>.</returns>
    public (int Element, int Slot) Find<TState>(ulong key, Func<TState, int, bool> isWanted, TState state)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)(key >> 32 ^ key) & mask; ; slot = (slot + 1) & mask)
        {
            var element = _slots[slot];
            if (element == Empty || isWanted(state, element))
                return (element, slot);
        }
    }

    /// <summary>Puts an element into the slot that <see cref="Find"/> named, in the place of nothing or of another.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="element">The element's number.</param>
    /// <param name="keyOf">The key of any element, needed when the table grows.</param>
    public void Set(int slot, int element, Func<int, ulong> keyOf)
    {
        var isNew = _slots[slot] == Empty;
        _slots[slot] = element;
        if (isNew && ++_used > _slots.Length / 4 * 3)
            Grow(keyOf);
    }

    private void Grow(Func<int, ulong> keyOf)
    {
        var old = _slots;
        _slots = NewSlots(checked(old.Length * 2));
        foreach (var element in old)
        {
            if (element != Empty)
                _slots[Find(keyOf(element), static (_, _) => false, 0).Slot] = element;
        }
    }

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, Empty);
        return slots;
    }
}
