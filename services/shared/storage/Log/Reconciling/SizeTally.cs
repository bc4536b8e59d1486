using Causality.Core;

namespace Causality.Storage.Log.Reconciling;

/// <summary>Entries and bytes of the segments in an index, summed up; 16 bytes a segment. The whole log has these sums in its head row, a part of it has not.</summary>
internal sealed class SizeTally
{
    private readonly List<(long Entries, long Bytes)> _bySlot = [];

    /// <summary>Sum of the entry counts.</summary>
    public long Entries { get; private set; }

    /// <summary>Sum of the content sizes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Counts a segment in.</summary>
    public void Add(int slot, SegmentMetadata segment)
    {
        while (_bySlot.Count <= slot)
            _bySlot.Add(default);
        _bySlot[slot] = (segment.EntryCount, segment.SizeBytes);
        (Entries, Bytes) = (Entries + segment.EntryCount, Bytes + segment.SizeBytes);
    }

    /// <summary>Counts it out.</summary>
    public void Remove(int slot) => (Entries, Bytes) = (Entries - _bySlot[slot].Entries, Bytes - _bySlot[slot].Bytes);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _bySlot.Clear();
        (Entries, Bytes) = (0, 0);
    }
}
