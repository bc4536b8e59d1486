using Causality.Core;
using Causality.Storage.Database.Records;

namespace Causality.Storage.Log;

/// <summary>Arrivals by segment and entry. Look-ups cost the same however many entries an arrival names.</summary>
public sealed class ArrivalSet
{
    private readonly Dictionary<string, ArrivalRecord> _whole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<ulong, ArrivalRecord>> _named = new(StringComparer.Ordinal);

    /// <summary>Builds it.</summary>
    /// <param name="rows">Ascending by id: the first row that speaks of an entry counts.</param>
    public ArrivalSet(IEnumerable<ArrivalRecord> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
            Add(row);
    }

    /// <summary>True when it holds nothing.</summary>
    public bool IsEmpty => _whole.Count == 0 && _named.Count == 0;

    /// <summary>The arrival that brought an entry to a segment; null when none did.</summary>
    /// <remarks>A row that names the entry tells more than one that stands for all that its segment held then: the entry may have come after that.</remarks>
    public ArrivalRecord? Find(SegmentId segment, ContentHash entry) =>
        _named.TryGetValue(segment.Value, out var named) && named.TryGetValue(entry.Prefix, out var row) ? row : _whole.GetValueOrDefault(segment.Value);

    private void Add(ArrivalRecord row)
    {
        if (row.Added is null)
        {
            _whole.TryAdd(row.SegmentId, row);
            return;
        }

        if (!_named.TryGetValue(row.SegmentId, out var named))
            _named[row.SegmentId] = named = [];
        foreach (var prefix in Arrivals.PrefixesIn(row.Added))
            named.TryAdd(prefix, row);
    }
}
