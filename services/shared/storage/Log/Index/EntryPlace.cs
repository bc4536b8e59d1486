namespace Causality.Storage.Log.Index;

/// <summary>One line of one segment: 16 bytes.</summary>
internal struct EntryPlace
{
    /// <summary>The entry that stands there.</summary>
    public int Entry;

    /// <summary>Ordinal of the segment; −1 once the segment has other content.</summary>
    public int Segment;

    /// <summary>Where the line begins in the content.</summary>
    public int Offset;

    /// <summary>Another place of the same entry; −1 at the end.</summary>
    public int Next;
}
