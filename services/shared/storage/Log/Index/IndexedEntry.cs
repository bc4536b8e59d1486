using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>One distinct entry in the index: 64 bytes.</summary>
internal struct IndexedEntry
{
    /// <summary>The id's key (<see cref="IdKeys"/>): wide and secret enough that nobody can make two ids share one, so ids are never compared.</summary>
    public UInt128 IdKey;

    /// <summary>The entry hash, whole, so that entries are never compared either.</summary>
    public ContentHash Hash;

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long Timestamp;

    /// <summary>Another version of the same id; −1 at the end.</summary>
    public int NextVersion;

    /// <summary>The place it stands in that was met last; −1 while it stands in no published segment.</summary>
    public int FirstPlace;

    /// <summary>Its place in the order of the log.</summary>
    public readonly EntryKey Key => new(Timestamp, Hash);
}
