using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>What the index needs of a segment, worked out before its lock is taken.</summary>
internal sealed class SegmentDigest
{
    /// <summary>Computes it from a segment at hand.</summary>
    public SegmentDigest(LogSegment segment)
    {
        Id = segment.Metadata.Id;
        ContentHash = segment.Metadata.ContentHash;
        Lines = new (UInt128, EntryKey, int)[segment.Count];
        var offset = 0;
        for (var index = 0; index < Lines.Length; index++)
        {
            Lines[index] = (IdKeys.Of(segment.IdAt(index).Span), segment.KeyAt(index), offset);
            offset += segment.LineAt(index).Length + 1;
        }
    }

    /// <summary>Takes what is worked out already.</summary>
    public SegmentDigest(SegmentId id, ContentHash contentHash, (UInt128 IdKey, EntryKey Key, int Offset)[] lines) => (Id, ContentHash, Lines) = (id, contentHash, lines);

    /// <summary>The segment.</summary>
    public SegmentId Id { get; }

    /// <summary>Its content.</summary>
    public ContentHash ContentHash { get; }

    /// <summary>Key of the id, key of the entry, and where the line begins.</summary>
    public (UInt128 IdKey, EntryKey Key, int Offset)[] Lines { get; }
}
