using System.Runtime.CompilerServices;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Events;

/// <summary>Reads the public events in the order of their numbers, none left out, and waits for more.</summary>
public sealed class EventFeed(IServiceScopeFactory scopes, TimeProvider time)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>The number of the newest event; 0 when there is none.</summary>
    public async Task<long> LatestAsync(CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        return await database.Set<PublicEvent>().OrderByDescending(published => published.Sequence).Select(published => published.Sequence).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Every event after a number, then those to come, until cancelled.</summary>
    public async IAsyncEnumerable<PublicEvent> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Poll, time);
        while (!cancellationToken.IsCancellationRequested)
        {
            var page = await ReadAsync(after, cancellationToken);
            foreach (var published in page)
            {
                after = published.Sequence;
                yield return published;
            }

            if (page.Count < PageSize && !await timer.WaitForNextTickAsync(cancellationToken))
                yield break;
        }
    }

    private async Task<List<PublicEvent>> ReadAsync(long after, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        var table = database.Names.Quoted("scheduler", "events");

        // Numbers are given out before they commit: an event of a transaction that is still open would be jumped over for good.
        var settled = database.Names.HasSchemas ? " AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint" : "";
        var sql = $"SELECT * FROM {table} WHERE sequence > {{0}}{settled} ORDER BY sequence LIMIT {PageSize}";
        return await database.Set<PublicEvent>().FromSqlRaw(sql, after).AsNoTracking().ToListAsync(cancellationToken);
    }
}
