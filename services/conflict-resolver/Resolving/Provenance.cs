using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using Causality.Storage.Log.Index;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Who brought which entry, from the rows that imports leave.</summary>
internal sealed class Provenance(ArrivalSet arrivals, IReadOnlyDictionary<string, string> origins)
{
    private const int SegmentsPerQuery = 1_000;

    /// <summary>Reads what is known of some segments.</summary>
    public static async Task<Provenance> ReadAsync(CausalityDbContext database, IEnumerable<SegmentId> segments, CancellationToken cancellationToken)
    {
        var (rows, origins) = (new List<ArrivalRecord>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var ids in segments.Select(segment => segment.Value).Distinct(StringComparer.Ordinal).Chunk(SegmentsPerQuery))
        {
            rows.AddRange(await database.Set<ArrivalRecord>().AsNoTracking().Where(row => ids.Contains(row.SegmentId)).OrderBy(row => row.Id).ToListAsync(cancellationToken));
            foreach (var row in await database.Set<SegmentRecord>().AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Origin }).ToListAsync(cancellationToken))
                origins[row.Id] = row.Origin;
        }

        return new Provenance(new ArrivalSet(rows), origins);
    }

    /// <summary>The import that first brought an entry; null for what stands in a segment that no peer has brought it to.</summary>
    public ArrivalRecord? Of(ContestedVersion version)
    {
        ArrivalRecord? first = null;
        foreach (var segment in version.Segments)
        {
            if (arrivals.Find(segment, version.Key.Hash) is not { } arrival)
                return null;
            first = first is null || arrival.Id < first.Id ? arrival : first;
        }

        return first;
    }

    /// <summary>Who writes a segment.</summary>
    public string OriginOf(SegmentId segment) => origins.GetValueOrDefault(segment.Value, "");
}
