using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Short ids of the entries of several segments; both sides must number the segments alike.</summary>
public static class EntryShortIds
{
    /// <summary>All of them.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="segments">Entries in the place of each segment; null where it is left out.</param>
    public static ulong[] Of(SymbolKey key, IReadOnlyList<SortedItemSet?> segments)
    {
        var shortIds = new ulong[segments.Sum(segment => segment?.Count ?? 0)];
        var next = 0;
        for (var place = 0; place < segments.Count; place++)
        {
            foreach (var item in segments[place] is { } segment ? segment.Items : [])
                shortIds[next++] = key.ShortId(item.Id, place);
        }

        return shortIds;
    }

    /// <summary>The entries that have one of the wanted short ids, ascending by segment.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="segments">As for <see cref="Of"/>.</param>
    /// <param name="wanted">Short ids.</param>
    public static List<SegmentEntry> Find(SymbolKey key, IReadOnlyList<SortedItemSet?> segments, IReadOnlySet<ulong> wanted)
    {
        var found = new List<SegmentEntry>(wanted.Count);
        for (var place = 0; place < segments.Count; place++)
        {
            foreach (var item in segments[place] is { } segment ? segment.Items : [])
            {
                if (wanted.Contains(key.ShortId(item.Id, place)))
                    found.Add(new SegmentEntry(place, item.Id));
            }
        }

        return found;
    }
}
