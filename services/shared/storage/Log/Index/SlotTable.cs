using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Causality.Storage.Log.Index;

/// <summary>Open addressing from a 64-bit key to the number of an element that somebody else holds: 8 bytes a slot, at most three quarters full.</summary>
/// <remarks>
/// Half of a slot is a part of the key. An element is looked at only when that part is the same, which is nearly always the one that is sought: an
/// element that is not there costs one access to memory that is not in the cache, and growing looks at no element at all.
/// </remarks>
internal sealed class SlotTable
{
    private const int Empty = -1;

    private Slot[] _slots = NewSlots(1024);
    private int _used;

    /// <summary>Finds the slot of an element, or the free slot where it belongs.</summary>
    /// <param name="key">Evenly spread: the start of a hash.</param>
    /// <param name="isWanted">Compares an element whose key has the same part.</param>
    /// <param name="state">Passed on, so that no closure is made.</param>
    /// <returns>The element's number, or −1; and the slot for <see cref="Set"/>.</returns>
    public (int Element, int Slot) Find<TState>(ulong key, Func<TState, int, bool> isWanted, TState state)
    {
        var (mask, part) = (_slots.Length - 1, PartOf(key));
        for (var index = (int)part & mask; ; index = (index + 1) & mask)
        {
            ref readonly var slot = ref _slots[index];
            if (slot.Element == Empty || (slot.Part == part && isWanted(state, slot.Element)))
                return (slot.Element, index);
        }
    }

    /// <summary>Has the processor fetch the slot of a key that will be sought soon: a hint, without any effect on what is found.</summary>
    public unsafe void Prefetch(ulong key)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref _slots[(int)PartOf(key) & (_slots.Length - 1)]));
    }

    /// <summary>Puts an element into the slot that <see cref="Find"/> named, in the place of nothing or of another.</summary>
    /// <param name="index">The slot.</param>
    /// <param name="key">The element's key.</param>
    /// <param name="element">The element's number.</param>
    public void Set(int index, ulong key, int element)
    {
        var isNew = _slots[index].Element == Empty;
        _slots[index] = new Slot { Part = PartOf(key), Element = element };
        if (isNew && ++_used > _slots.Length / 4 * 3)
            Grow();
    }

    private static uint PartOf(ulong key) => (uint)(key >> 32 ^ key);

    private void Grow()
    {
        var old = _slots;
        _slots = NewSlots(checked(old.Length * 2));
        var mask = _slots.Length - 1;
        foreach (var slot in old)
        {
            if (slot.Element == Empty)
                continue;

            var index = (int)slot.Part & mask;
            while (_slots[index].Element != Empty)
                index = (index + 1) & mask;
            _slots[index] = slot;
        }
    }

    private static Slot[] NewSlots(int length)
    {
        var slots = new Slot[length];
        Array.Fill(slots, new Slot { Element = Empty });
        return slots;
    }

    private struct Slot
    {
        public uint Part;
        public int Element;
    }
}
