using System.Runtime.CompilerServices;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Events;

/// <summary>Reads the public events in the order of their transactions, none left out and none twice, and waits for more.</summary>
public sealed class EventFeed(IServiceScopeFactory scopes, TimeProvider time)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>The number of the newest event that <see cref="FollowAsync"/> would have given by now; 0 when there is none.</summary>
    public async Task<long> LatestAsync(CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        var sql = $"SELECT {Columns(database)} FROM {Table(database)} WHERE {Settled(database)} ORDER BY transaction_id DESC, sequence DESC LIMIT 1";
        return (await database.Set<PublicEvent>().FromSqlRaw(sql).AsNoTracking().ToListAsync(cancellationToken)).SingleOrDefault()?.Sequence ?? 0;
    }

    /// <summary>Every event after the one with a number, then those to come, until cancelled.</summary>
    /// <param name="after">The number of the last event seen; 0 for all that are kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<PublicEvent> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Poll, time);
        var seen = await PlaceOfAsync(after, cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            var page = await ReadAsync(seen, cancellationToken);
            foreach (var published in page)
            {
                seen = new Place(published.TransactionId, published.Sequence);
                yield return published;
            }

            if (page.Count < PageSize && !await timer.WaitForNextTickAsync(cancellationToken))
                yield break;
        }
    }

    // An event that history has forgotten has no place any more; everything before it is forgotten too, so what is left with a greater number is what follows.
    private async Task<Place> PlaceOfAsync(long sequence, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        var known = await database.Set<PublicEvent>().AsNoTracking().FirstOrDefaultAsync(published => published.Sequence == sequence, cancellationToken);
        return known is null ? new Place(-1, sequence) : new Place(known.TransactionId, sequence);
    }

    private async Task<List<PublicEvent>> ReadAsync(Place seen, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        var next = seen.TransactionId < 0 ? "transaction_id > {0} AND sequence > {1}" : "(transaction_id, sequence) > ({0}, {1})";
        var sql = $"SELECT {Columns(database)} FROM {Table(database)} WHERE {next} AND {Settled(database)} ORDER BY transaction_id, sequence LIMIT {PageSize}";
        return await database.Set<PublicEvent>().FromSqlRaw(sql, seen.TransactionId, seen.Sequence).AsNoTracking().ToListAsync(cancellationToken);
    }

    private static string Table(CausalityDbContext database) => TableShape.Of<PublicEvent>(database).Table;

    private static string Columns(CausalityDbContext database) => TableShape.Of<PublicEvent>(database).Columns;

    // Numbers are given out before they commit, and not in the order of the transactions. What is older than the oldest open transaction is complete, and
    // what commits later stands behind it in the order of (transaction, number): in that order nothing is jumped over.
    private static string Settled(CausalityDbContext database) => database.Names.HasSchemas ? "transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint" : "1 = 1";

    private readonly record struct Place(long TransactionId, long Sequence);
}
