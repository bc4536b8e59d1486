using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Storage.Log.Reconciling;

/// <summary>The entries of segments as sets to reconcile, read from their contents; the last ones stay in memory, because a reconciliation asks several times.</summary>
/// <param name="storage">The log.</param>
/// <param name="maxBytes">Most memory for sets that are kept; 80 bytes an entry.</param>
public sealed class EntrySets(ISharedLog storage, long maxBytes = EntrySets.DefaultBytes)
{
    /// <summary>Room for 400,000 entries.</summary>
    public const long DefaultBytes = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<ContentHash, LinkedListNode<(ContentHash Hash, SortedItemSet Set)>> _kept = [];
    private readonly LinkedList<(ContentHash Hash, SortedItemSet Set)> _byUse = new();
    private long _bytes;

    /// <summary>Memory of the sets that are kept, in bytes.</summary>
    public long KeptBytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>The entries of a segment's present content; null when there is no such segment.</summary>
    /// <param name="metadata">The segment as its row was just read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The content that was found, which is newer than <paramref name="metadata"/> when the segment has just grown, and its entries.</returns>
    /// <exception cref="SegmentContentMissingException">The blob is missing.</exception>
    /// <exception cref="ContentHashMismatchException">The blob is damaged.</exception>
    public async Task<(ContentHash ContentHash, SortedItemSet Entries)?> GetAsync(SegmentMetadata metadata, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (Kept(metadata.ContentHash) is { } kept)
            return (metadata.ContentHash, kept);

        if (await storage.ExportSegmentAsync(metadata.Id, cancellationToken).ConfigureAwait(false) is not { } segment)
            return null;
        var set = SortedItemSet.Of(segment);
        Keep(segment.Metadata.ContentHash, set);
        return (segment.Metadata.ContentHash, set);
    }

    private SortedItemSet? Kept(ContentHash hash)
    {
        lock (_lock)
        {
            if (!_kept.TryGetValue(hash, out var node))
                return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Set;
        }
    }

    private void Keep(ContentHash hash, SortedItemSet set)
    {
        lock (_lock)
        {
            if (set.SizeBytes > maxBytes / 4 || _kept.ContainsKey(hash))
                return;
            _kept[hash] = _byUse.AddFirst((hash, set));
            _bytes += set.SizeBytes;
            while (_bytes > maxBytes)
            {
                var (oldest, dropped) = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _kept.Remove(oldest);
                _bytes -= dropped.SizeBytes;
            }
        }
    }
}
