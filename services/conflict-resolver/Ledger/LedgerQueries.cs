using Causality.Contracts.Http.Control;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Ledger;

/// <summary>Reads the ledger for people and programs.</summary>
internal static class LedgerQueries
{
    private const int MostPeers = 20;

    /// <summary>A page, ordered by version; keyset paging, so that a page costs the same wherever it is.</summary>
    public static Task<List<LedgerRecord>> PageAsync(CausalityDbContext database, LedgerQuery query, int limit, CancellationToken cancellationToken)
    {
        var rows = Filter(database, query);
        if (query.After is { } after)
            rows = query.NewestFirst ? rows.Where(row => row.Version < after) : rows.Where(row => row.Version > after);
        return (query.NewestFirst ? rows.OrderByDescending(row => row.Version) : rows.OrderBy(row => row.Version)).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>One conflict; null for an unknown one.</summary>
    public static Task<LedgerRecord?> FindAsync(CausalityDbContext database, ConflictKind kind, string subject, CancellationToken cancellationToken) =>
        database.Set<LedgerRecord>().AsNoTracking().FirstOrDefaultAsync(row => row.Kind == kind && row.Subject == subject, cancellationToken);

    /// <summary>Versions of conflicts of one kind, by subject, latest first.</summary>
    public static async Task<ILookup<string, VersionRecord>> VersionsAsync(CausalityDbContext database, ConflictKind kind, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken) =>
        (await database.Set<VersionRecord>().AsNoTracking().Where(row => row.Kind == kind && subjects.Contains(row.Subject))
            .OrderByDescending(row => row.Timestamp).ThenByDescending(row => row.EntryHash).ToListAsync(cancellationToken)).ToLookup(row => row.Subject, StringComparer.Ordinal);

    /// <summary>Superseded decisions of conflicts of one kind, by subject, latest first.</summary>
    public static async Task<ILookup<string, DecisionRecord>> HistoryAsync(CausalityDbContext database, ConflictKind kind, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken) =>
        (await database.Set<DecisionRecord>().AsNoTracking().Where(row => row.Kind == kind && subjects.Contains(row.Subject))
            .OrderByDescending(row => row.Number).ToListAsync(cancellationToken)).ToLookup(row => row.Subject, StringComparer.Ordinal);

    /// <summary>Number of open conflicts.</summary>
    public static Task<long> CountOpenAsync(CausalityDbContext database, CancellationToken cancellationToken) =>
        database.Set<LedgerRecord>().LongCountAsync(row => row.State == ConflictState.Open, cancellationToken);

    /// <summary>How many there are.</summary>
    public static async Task<ConflictSummary> SummaryAsync(CausalityDbContext database, CancellationToken cancellationToken)
    {
        var ledger = database.Set<LedgerRecord>();
        var states = await ledger.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.LongCount() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new ConflictSummary
        {
            Open = states.GetValueOrDefault(ConflictState.Open),
            Decided = states.GetValueOrDefault(ConflictState.Decided),
            ByStrategy = await ledger.GroupBy(row => row.Strategy).Select(group => new ConflictCount { Name = group.Key, Conflicts = group.LongCount() })
                .OrderByDescending(count => count.Conflicts).ToListAsync(cancellationToken),
            ByPeer = await ledger.Where(row => row.PeerId != null).GroupBy(row => row.PeerId!).Select(group => new ConflictCount { Name = group.Key, Conflicts = group.LongCount() })
                .OrderByDescending(count => count.Conflicts).Take(MostPeers).ToListAsync(cancellationToken),
            ByEntryType = await ledger.GroupBy(row => row.EntryType).Select(group => new ConflictCount { Name = group.Key, Conflicts = group.LongCount() })
                .OrderByDescending(count => count.Conflicts).ToListAsync(cancellationToken),
            ResolvedVersion = await database.Set<LedgerHeadRecord>().Select(head => head.ResolvedVersion).SingleAsync(cancellationToken),
        };
    }

    private static IQueryable<LedgerRecord> Filter(CausalityDbContext database, LedgerQuery query)
    {
        var rows = database.Set<LedgerRecord>().AsNoTracking().Where(row => row.FoundAt >= query.From && row.FoundAt <= query.To);
        if (query.Kind is { } kind)
            rows = rows.Where(row => row.Kind == kind);
        if (query.State is { } state)
            rows = rows.Where(row => row.State == state);
        if (query.Superseded)
            rows = rows.Where(row => row.Decisions > 1);
        if (query.Strategy is { } strategy)
            rows = rows.Where(row => row.Strategy == strategy);
        if (query.EntryType is { } type)
            rows = rows.Where(row => row.EntryType == type);
        if (query.PeerId is { } peer)
            rows = rows.Where(row => database.Set<VersionRecord>().Any(version => version.Kind == row.Kind && version.Subject == row.Subject && version.PeerId == peer));
        if (query.TraceId is { } trace)
            rows = rows.Where(row => database.Set<VersionRecord>().Any(version => version.Kind == row.Kind && version.Subject == row.Subject && version.TraceId == trace));
        return rows;
    }
}
