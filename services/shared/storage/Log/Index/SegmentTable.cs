using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>The entries of the log and the segments they stand in. Not thread-safe.</summary>
internal sealed class SegmentTable
{
    private const int Lookahead = 12;

    private readonly List<IndexedSegment?> _segments = [];
    private readonly Dictionary<SegmentId, int> _ordinals = [];

    /// <summary>The entries.</summary>
    public EntryTable Entries { get; } = new();

    /// <summary>True when a segment is indexed with this very content.</summary>
    public bool IsCurrent(SegmentMetadata metadata) =>
        _ordinals.TryGetValue(metadata.Id, out var ordinal) && _segments[ordinal]!.ContentHash == metadata.ContentHash;

    /// <summary>Indexes a segment, in the place of its earlier content.</summary>
    /// <returns>The segment as it is indexed now.</returns>
    public IndexedSegment Replace(SegmentDigest digest)
    {
        var before = _ordinals.TryGetValue(digest.Id, out var ordinal) ? _segments[ordinal] : null;
        if (before is null)
        {
            ordinal = _ordinals[digest.Id] = _segments.Count;
            _segments.Add(null);
        }

        var first = -1;
        for (var line = 0; line < digest.Lines.Length; line++)
        {
            if (line + Lookahead < digest.Lines.Length)
                Entries.Prefetch(digest.Lines[line + Lookahead].IdKey, digest.Lines[line + Lookahead].Key);

            var (idKey, key, offset) = digest.Lines[line];
            var place = Entries.AddPlace(Entries.Add(idKey, key), ordinal, offset);
            first = first < 0 ? place : first;
        }

        var segment = _segments[ordinal] = new IndexedSegment(digest.Id, digest.ContentHash, first, digest.Lines.Length);
        if (before is not null)
        {
            Entries.RemovePlaces(before.FirstPlace, before.Count);
            Entries.Compact((moved, place) => _segments[moved] = _segments[moved]! with { FirstPlace = place });
        }

        return segment;
    }

    /// <summary>The versions that chain from an entry (−1: none), descending by key.</summary>
    public IReadOnlyList<EntryVersion> VersionsOf(int latest)
    {
        var versions = new List<EntryVersion>();
        for (var entry = latest; entry >= 0; entry = Entries.Entry(entry).NextVersion)
            versions.Add(new EntryVersion(Entries.Entry(entry).Key, SegmentsOf(entry)));
        versions.Sort((left, right) => right.Key.CompareTo(left.Key));
        return versions;
    }

    /// <summary>Number of versions that chain from an entry.</summary>
    public int CountVersions(int latest)
    {
        var count = 0;
        for (var entry = latest; entry >= 0; entry = Entries.Entry(entry).NextVersion)
            count++;
        return count;
    }

    /// <summary>The latest version of an entry's id when there is more than one; otherwise null.</summary>
    public EntryKey? LatestRival(ContentHash hash)
    {
        var entry = Entries.Find(hash);
        if (entry < 0)
            return null;

        ref readonly var latest = ref Entries.Entry(Entries.Latest(Entries.Entry(entry).IdKey));
        return latest.NextVersion < 0 ? null : latest.Key;
    }

    /// <summary>The segments that an entry stands in, ascending.</summary>
    public IReadOnlyList<SegmentId> SegmentsOf(ContentHash hash) => Entries.Find(hash) is >= 0 and var entry ? SegmentsOf(entry) : [];

    /// <summary>Where an entry can be read.</summary>
    public EntryLocation? LocationOf(ContentHash hash)
    {
        var entry = Entries.Find(hash);
        for (var place = entry < 0 ? -1 : Entries.Entry(entry).FirstPlace; place >= 0; place = Entries.Place(place).Next)
        {
            var (ordinal, offset) = (Entries.Place(place).Segment, Entries.Place(place).Offset);
            if (ordinal >= 0)
                return new EntryLocation(_segments[ordinal]!.Id, _segments[ordinal]!.ContentHash, offset);
        }

        return null;
    }

    /// <summary>The latest versions of all contested ids in some segments, or in all.</summary>
    public IReadOnlyCollection<int> Contested(IReadOnlyCollection<SegmentId>? segments)
    {
        var contested = new HashSet<int>();
        var ordinals = segments is null ? Enumerable.Range(0, _segments.Count) : segments.Where(_ordinals.ContainsKey).Select(id => _ordinals[id]);
        foreach (var segment in ordinals.Select(ordinal => _segments[ordinal]!))
        {
            for (var place = segment.FirstPlace; place < segment.FirstPlace + segment.Count; place++)
            {
                var latest = Entries.Latest(Entries.Entry(Entries.Place(place).Entry).IdKey);
                if (Entries.Entry(latest).NextVersion >= 0)
                    contested.Add(latest);
            }
        }

        return contested;
    }

    private SegmentId[] SegmentsOf(int entry)
    {
        var segments = new SortedSet<SegmentId>();
        for (var place = Entries.Entry(entry).FirstPlace; place >= 0; place = Entries.Place(place).Next)
        {
            if (Entries.Place(place).Segment is >= 0 and var ordinal)
                segments.Add(_segments[ordinal]!.Id);
        }

        return [.. segments];
    }
}
