using System.Security.Cryptography;
using System.Text;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Storage.Log.Reconciling;

/// <summary>Segment ids and a number for each; 12 bytes at least, 24 at most per segment, the ids themselves are not kept.</summary>
/// <remarks>
/// Keys are 64 bits of SipHash under a key of this process, because ids come from peers: among a million segments two meet by chance once in 30 million tables, and the
/// fingerprint of the index then betrays it.
/// </remarks>
internal sealed class SegmentSlots
{
    private const int None = -1;

    private SipHash _hash = new(RandomNumberGenerator.GetBytes(SipHash.KeyBytes));
    private ulong[] _keys = new ulong[64];
    private int[] _slots = new int[64];
    private int _count;

    /// <summary>Memory of the table, in bytes.</summary>
    public long SizeBytes => 12L * _keys.Length;

    /// <summary>Gives a segment a number.</summary>
    /// <returns>The one it had, or -1.</returns>
    public int Replace(SegmentId id, int slot)
    {
        if (4 * (_count + 1) > 3 * _keys.Length)
            Grow();
        var key = KeyOf(id);
        var place = Find(key);
        var before = _keys[place] == 0 ? None : _slots[place];
        _count += before == None ? 1 : 0;
        (_keys[place], _slots[place]) = (key, slot);
        return before;
    }

    /// <summary>The number of a segment, or -1.</summary>
    public int SlotOf(SegmentId id)
    {
        var place = Find(KeyOf(id));
        return _keys[place] == 0 ? None : _slots[place];
    }

    /// <summary>Forgets everything, the key included.</summary>
    public void Clear() => (_keys, _slots, _count, _hash) = (new ulong[64], new int[64], 0, new SipHash(RandomNumberGenerator.GetBytes(SipHash.KeyBytes)));

    private ulong KeyOf(SegmentId id)
    {
        Span<byte> input = stackalloc byte[SegmentId.MaxLength];
        input.Clear();
        var length = Encoding.ASCII.GetBytes(id.Value, input);
        return Math.Max(1, _hash.Hash(input[..((length + 7) & ~7)])); // No id contains a zero byte, so filling up makes none equal.
    }

    private int Find(ulong key)
    {
        var mask = _keys.Length - 1;
        var place = (int)(key >> 7) & mask;
        while (_keys[place] != 0 && _keys[place] != key)
            place = (place + 1) & mask;
        return place;
    }

    private void Grow()
    {
        var (keys, slots) = (_keys, _slots);
        (_keys, _slots) = (new ulong[2 * keys.Length], new int[2 * keys.Length]);
        for (var index = 0; index < keys.Length; index++)
        {
            if (keys[index] == 0)
                continue;
            var place = Find(keys[index]);
            (_keys[place], _slots[place]) = (keys[index], slots[index]);
        }
    }
}
