using System.Collections.Concurrent;
using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Log.Index;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Log;

/// <summary>What peers have brought since the ledger last looked through the log. Immutable but for a cache.</summary>
/// <param name="from">The version of the log up to which the ledger knows all conflicts.</param>
/// <param name="through">The version of the log up to which arrivals are here.</param>
/// <param name="rows">The arrivals in between, ascending by id.</param>
internal sealed class UndecidedArrivals(long from, long through, IReadOnlyList<ArrivalRecord> rows)
{
    private const int MaxRemembered = 10_000;

    private readonly ArrivalSet _set = new(rows);
    private readonly ConcurrentDictionary<string, ContentHash> _winners = new(StringComparer.Ordinal);

    /// <summary>Nothing, at the beginning.</summary>
    public static UndecidedArrivals None { get; } = new(0, 0, []);

    /// <summary>The version of the log up to which the ledger knows all conflicts.</summary>
    public long From => from;

    /// <summary>The version of the log up to which arrivals are here.</summary>
    public long Through => through;

    /// <summary>The same for other versions; reads only what is new.</summary>
    public async Task<UndecidedArrivals> NextAsync(CausalityDbContext db, long resolved, long log, CancellationToken cancellationToken)
    {
        var after = Math.Max(resolved, resolved >= from ? through : 0);
        var kept = resolved >= from ? rows.Where(row => row.LogVersion > resolved) : [];
        var fresh = log <= after ? [] : await db.Set<ArrivalRecord>().AsNoTracking().Where(row => row.LogVersion > after && row.LogVersion <= log).OrderBy(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new UndecidedArrivals(resolved, Math.Max(log, resolved), [.. kept, .. fresh]);
    }

    /// <summary>The latest version that is not new, or the latest at all.</summary>
    public ContentHash WinnerOf(string entryId, EntryKey latest, Func<IReadOnlyList<EntryVersion>> versions)
    {
        if (_set.IsEmpty)
            return latest.Hash;
        if (_winners.TryGetValue(entryId, out var known))
            return known;

        // Remembered, because an id may have very many versions and each is asked about when the log is read.
        var winner = (versions().FirstOrDefault(version => !HasJustArrived(version))?.Key ?? latest).Hash;
        if (_winners.Count < MaxRemembered)
            _winners.TryAdd(entryId, winner);
        return winner;
    }

    private bool HasJustArrived(EntryVersion version) => version.Segments.Count > 0 && version.Segments.All(segment => _set.Find(segment, version.Key.Hash) is not null);
}
