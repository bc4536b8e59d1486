using System.Linq.Expressions;
using Causality.Contracts.Http.Control;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Ledger;

/// <summary>Tells who and what collides most. Seed: "Troubleshooting", "High Conflict Rate".</summary>
internal static class CollisionReport
{
    /// <summary>Makes it.</summary>
    /// <param name="database">To read from.</param>
    /// <param name="from">Came to light at or after, milliseconds since the Unix epoch.</param>
    /// <param name="to">Came to light at or before.</param>
    /// <param name="top">Most lines of each part.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ConflictReport> MakeAsync(CausalityDbContext database, long from, long to, int top, CancellationToken cancellationToken)
    {
        var ledger = database.Set<LedgerRecord>().Where(row => row.FoundAt >= from && row.FoundAt <= to);
        var versions = from row in ledger from version in database.Set<VersionRecord>() where version.Kind == row.Kind && version.Subject == row.Subject select version;
        return new ConflictReport
        {
            Conflicts = await ledger.LongCountAsync(cancellationToken),
            Origins = await CountAsync(versions, version => version.Origin, top, cancellationToken),
            Peers = await CountAsync(versions.Where(version => version.PeerId != null), version => version.PeerId!, top, cancellationToken),
            EntryTypes = await CountAsync(versions, version => version.EntryType, top, cancellationToken),
            Segments = await CountAsync(versions, version => version.SegmentId, top, cancellationToken),
            Pairs = await PairsAsync(database, versions, top, cancellationToken),
        };
    }

    private static Task<List<ConflictCount>> CountAsync(IQueryable<VersionRecord> versions, Expression<Func<VersionRecord, string>> name, int top, CancellationToken cancellationToken) =>
        versions.GroupBy(name).Select(group => new ConflictCount { Name = group.Key, Conflicts = group.Select(version => version.Subject).Distinct().LongCount() })
            .OrderByDescending(count => count.Conflicts).ThenBy(count => count.Name).Take(top).ToListAsync(cancellationToken);

    private static async Task<List<ConflictCount>> PairsAsync(CausalityDbContext database, IQueryable<VersionRecord> versions, int top, CancellationToken cancellationToken)
    {
        var pairs = from version in versions
                    from other in database.Set<VersionRecord>()
                    where version.Kind == other.Kind && version.Subject == other.Subject && version.EntryHash != other.EntryHash && string.Compare(version.Origin, other.Origin) < 0
                    group version.Subject by new { version.Origin, Other = other.Origin } into pair
                    select new { pair.Key.Origin, pair.Key.Other, Conflicts = pair.Distinct().LongCount() };
        return (await pairs.OrderByDescending(pair => pair.Conflicts).ThenBy(pair => pair.Origin).Take(top).ToListAsync(cancellationToken))
            .ConvertAll(pair => new ConflictCount { Name = $"{pair.Origin} / {pair.Other}", Conflicts = pair.Conflicts });
    }
}
