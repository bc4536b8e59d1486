using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;

namespace Causality.Differ.Comparing;

/// <summary>What reconciling has found, before anybody has asked what segments these are: by items, by short ids, or some by each.</summary>
public sealed class SegmentDifferences
{
    private readonly SymbolKey? _key;
    private readonly IReadOnlyCollection<ulong> _theirs = [];
    private readonly IReadOnlySet<ulong> _ours = new HashSet<ulong>();
    private readonly IReadOnlyCollection<ContentHash> _theirItems;
    private readonly IReadOnlySet<ContentHash> _ourItems;
    private readonly IReadOnlyList<ReconciliationRange> _symbolRanges = [];

    private SegmentDifferences(IReadOnlyCollection<ContentHash> theirs, IReadOnlyCollection<ContentHash> ours) => (_theirItems, _ourItems) = (theirs, ours.ToHashSet());

    private SegmentDifferences(
        SymbolKey key, IReadOnlyList<ReconciliationRange> ranges, SymbolDecoder decoder, IReadOnlyCollection<ContentHash> theirs, IReadOnlyCollection<ContentHash> ours)
        : this(theirs, ours) => (_key, _symbolRanges, _theirs, _ours) = (key, ranges, [.. decoder.Theirs], decoder.Ours.ToHashSet());

    /// <summary>Where our side of the difference lies.</summary>
    public IReadOnlyList<ReconciliationRange> Ranges => _key is null || _ourItems.Count > 0 ? [ReconciliationRange.Everything] : _symbolRanges;

    /// <summary>What Negentropy found to its end.</summary>
    public static SegmentDifferences ByItem(IReadOnlyCollection<ContentHash> theirs, IReadOnlyCollection<ContentHash> ours) => new(theirs, ours);

    /// <summary>What symbols found in the ranges that Negentropy had left, and what it had found itself before.</summary>
    public static SegmentDifferences ByShortId(
        SymbolKey key, IReadOnlyList<ReconciliationRange> ranges, SymbolDecoder decoder, IReadOnlyCollection<ContentHash> theirs, IReadOnlyCollection<ContentHash> ours) =>
        new(key, ranges, decoder, theirs, ours);

    /// <summary>True when we have nothing that the peer has not: then its segments are new to us, and their hashes can come with the contents.</summary>
    public bool IsAllTheirs => _ourItems.Count == 0 && _ours.Count == 0;

    /// <summary>The requests that find out which segments of the peer's these are.</summary>
    /// <param name="limit">Most in one request.</param>
    public IEnumerable<SegmentsRequest> Needed(int limit)
    {
        foreach (var items in _theirItems.Chunk(limit))
            yield return new SegmentsRequest(null, [ReconciliationRange.Everything], [], items, IsAllTheirs);
        foreach (var shortIds in _theirs.Chunk(limit))
            yield return new SegmentsRequest(_key, _symbolRanges, shortIds, [], IsAllTheirs);
    }

    /// <summary>Chooses our segments that the peer has not with this content.</summary>
    public bool IsOnlyOurs(ContentHash item) => _ourItems.Contains(item) || (_key is { } key && _ours.Count > 0 && _ours.Contains(key.ShortId(item)));
}
