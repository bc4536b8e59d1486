using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>The distinct entries of a log by id and by hash, and where they stand. Not thread-safe.</summary>
/// <remarks>
/// Entries never leave: the log only grows. Places do, when their segment gets other content; they are marked and squeezed out once they outnumber
/// the live ones. The versions of one id form a chain that begins with the greatest key, so that "who is latest" is O(1) however many there are.
/// </remarks>
internal sealed class EntryTable
{
    private readonly GrowingArray<IndexedEntry> _entries = new();
    private readonly GrowingArray<EntryPlace> _places = new();
    private readonly SlotTable _byId = new();
    private readonly SlotTable _byHash = new();
    private int _deadPlaces;

    /// <summary>Number of distinct entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Number of ids with more than one version.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Number of versions of those ids, at least two of each.</summary>
    public int ConflictVersions { get; private set; }

    /// <summary>An entry by its number.</summary>
    public ref readonly IndexedEntry Entry(int entry) => ref _entries[entry];

    /// <summary>A place by its number.</summary>
    public ref readonly EntryPlace Place(int place) => ref _places[place];

    /// <summary>The entry of a hash, or −1.</summary>
    public int Find(ContentHash hash) => FindHash(hash).Element;

    /// <summary>The latest version of an id, or −1; the others follow by <see cref="IndexedEntry.NextVersion"/>, in no order.</summary>
    public int Latest(UInt128 idKey) => FindId(idKey).Element;

    /// <summary>Prepares for <see cref="Add"/>: most of its time is waiting for memory, and the waits of several entries can overlap.</summary>
    public void Prefetch(UInt128 idKey, EntryKey key)
    {
        _byId.Prefetch((ulong)idKey);
        _byHash.Prefetch(key.Hash.Prefix);
    }

    /// <summary>Adds an entry unless it is there.</summary>
    /// <returns>Its number.</returns>
    public int Add(UInt128 idKey, EntryKey key)
    {
        var (known, hashSlot) = FindHash(key.Hash);
        if (known >= 0)
            return known;

        var (latest, idSlot) = FindId(idKey);
        var entry = _entries.Add(new IndexedEntry { IdKey = idKey, Hash = key.Hash, Timestamp = key.Timestamp, NextVersion = -1, FirstPlace = -1 });
        _byHash.Set(hashSlot, key.Hash.Prefix, entry);
        Chain(entry, latest, idSlot);
        return entry;
    }

    /// <summary>Notes that an entry stands somewhere.</summary>
    /// <returns>The number of the place; those of one segment, added without a break, follow each other.</returns>
    public int AddPlace(int entry, int segment, int offset)
    {
        var place = _places.Add(new EntryPlace { Entry = entry, Segment = segment, Offset = offset, Next = _entries[entry].FirstPlace });
        _entries[entry].FirstPlace = place;
        return place;
    }

    /// <summary>Forgets places of a segment that has other content by now; add the new ones first.</summary>
    public void RemovePlaces(int first, int count)
    {
        for (var place = first; place < first + count; place++)
            _places[place].Segment = -1;
        _deadPlaces += count;
    }

    /// <summary>Squeezes forgotten places out when they are more than half, and many.</summary>
    /// <param name="moved">Learns the new number of the first place of each segment, in order.</param>
    public void Compact(Action<int, int> moved)
    {
        if (_deadPlaces <= _places.Count / 2 || _deadPlaces < 4096)
            return;

        for (var entry = 0; entry < _entries.Count; entry++)
            _entries[entry].FirstPlace = -1;

        var (kept, segment) = (0, -1);
        for (var place = 0; place < _places.Count; place++)
        {
            var old = _places[place];
            if (old.Segment < 0)
                continue;

            if (old.Segment != segment)
                moved(segment = old.Segment, kept);
            old.Next = _entries[old.Entry].FirstPlace;
            _entries[old.Entry].FirstPlace = kept;
            _places[kept++] = old;
        }

        _places.Truncate(kept);
        _deadPlaces = 0;
    }

    private void Chain(int entry, int latest, int idSlot)
    {
        if (latest < 0)
        {
            _byId.Set(idSlot, (ulong)_entries[entry].IdKey, entry);
            return;
        }

        ConflictVersions++;
        if (_entries[latest].NextVersion < 0)
        {
            Conflicts++;
            ConflictVersions++;
        }

        if (LatestWins.Compare(_entries[entry].Key, _entries[latest].Key) > 0)
        {
            _entries[entry].NextVersion = latest;
            _byId.Set(idSlot, (ulong)_entries[entry].IdKey, entry);
            return;
        }

        _entries[entry].NextVersion = _entries[latest].NextVersion;
        _entries[latest].NextVersion = entry;
    }

    private (int Element, int Slot) FindHash(ContentHash hash) =>
        _byHash.Find(hash.Prefix, static (wanted, entry) => wanted.Table._entries[entry].Hash == wanted.Hash, (Table: this, Hash: hash));

    private (int Element, int Slot) FindId(UInt128 idKey) =>
        _byId.Find((ulong)idKey, static (wanted, entry) => wanted.Table._entries[entry].IdKey == wanted.IdKey, (Table: this, IdKey: idKey));
}
