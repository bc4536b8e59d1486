using Causality.Messaging.Database;
using Causality.Messaging.Outbox;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Causality.Messaging.Delivery;

/// <summary>The outbox as its delivery sees it. Every call has a scope, a context and a short transaction of its own.</summary>
internal sealed class OutboxTable(IServiceScopeFactory scopes, IOptions<BusOptions> options, TimeProvider clock)
{
    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes rows that are due, first written first, and puts their date off so that nobody else takes them.</summary>
    /// <returns>At most the batch size, ascending; none that a waiting row of its order key must precede.</returns>
    internal async Task<IReadOnlyList<OutboxMessage>> LeaseAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        var now = Now;
        // Where writers take turns, a look spares them the interruption.
        if (!await database.Set<OutboxMessage>().AnyAsync(row => row.DueAt <= now, cancellationToken).ConfigureAwait(false))
            return [];
        await using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        var outbox = TableShape.Of<OutboxMessage>(database);
        // One lease at a time: two that overlap could part the messages of a saga between them.
        await AdvisoryLock.TakeAsync(database, outbox.Table, cancellationToken).ConfigureAwait(false);
        var rows = await database.Set<OutboxMessage>().FromSqlRaw(LeaseQuery(outbox), now, options.Value.Outbox.BatchSize)
            .AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
            return rows;
        var taken = rows.Select(row => row.Sequence).ToList();
        var lease = now + (long)options.Value.Outbox.Grace.TotalMilliseconds;
        await database.Set<OutboxMessage>().Where(row => taken.Contains(row.Sequence))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, lease), cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.OrderBy(row => row.Sequence)];
    }

    /// <summary>Writes down how a sweep ended: sent rows go, failed ones get their new date.</summary>
    internal Task SettleAsync(IReadOnlyCollection<long> sent, IReadOnlyCollection<OutboxMessage> failed, CancellationToken cancellationToken) =>
        WriteAsync(async outbox =>
        {
            await outbox.Where(row => sent.Contains(row.Sequence)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            foreach (var late in failed)
            {
                await outbox.Where(row => row.Sequence == late.Sequence).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.DueAt, late.DueAt).SetProperty(row => row.Attempts, late.Attempts), cancellationToken).ConfigureAwait(false);
            }
        }, cancellationToken);

    /// <summary>Makes rows due now, before their grace has ended.</summary>
    /// <returns>The new date.</returns>
    internal async Task<long> ReleaseAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        var now = Now;
        await WriteAsync(outbox => outbox.Where(row => sequences.Contains(row.Sequence))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now), cancellationToken), cancellationToken).ConfigureAwait(false);
        return now;
    }

    /// <summary>Makes rows due now that were written before a moment and put off since: the grace and the lease of a process that died, the back-off of an outage that is over.</summary>
    /// <param name="until">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <remarks>Another replica may be sending one of them: then it is sent twice, as after any crash, and the inboxes drop the copy.</remarks>
    internal Task ReleaseStrandedAsync(long until, CancellationToken cancellationToken)
    {
        var (now, latest) = (Now, until + (long)options.Value.Outbox.Grace.TotalMilliseconds);
        return WriteAsync(outbox => outbox.Where(row => row.ScheduleToken == null && row.DueAt > now && row.DueAt <= latest)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now), cancellationToken), cancellationToken);
    }

    /// <summary>Deletes rows that the broker has confirmed.</summary>
    internal Task DeleteAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        WriteAsync(outbox => outbox.Where(row => sequences.Contains(row.Sequence)).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    /// <summary>Messages that are to be sent, without timers that are not due, and when the first of those that are no timers was written.</summary>
    internal async Task<(long Count, DateTimeOffset? Oldest)> MeasureAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        var count = await ReadAsync(outbox => outbox.LongCountAsync(row => row.ScheduleToken == null || row.DueAt <= now, cancellationToken)).ConfigureAwait(false);
        var first = count == 0 ? null : await ReadAsync(outbox => outbox.Where(row => row.ScheduleToken == null).OrderBy(row => row.Sequence)
            .Select(row => row.Properties).FirstOrDefaultAsync(cancellationToken)).ConfigureAwait(false);
        return (count, first is null || StoredProperties.Read(first).SentTime is not { } written ? null : new DateTimeOffset(written.ToUniversalTime()));
    }

    /// <summary>True while a row waits that could not be sent before.</summary>
    internal Task<bool> HasFailedAsync(CancellationToken cancellationToken) => ReadAsync(outbox => outbox.AnyAsync(row => row.Attempts > 0, cancellationToken));

    /// <summary>When the next row falls due, in milliseconds since the Unix epoch; null without one.</summary>
    internal Task<long?> NextDueAsync(CancellationToken cancellationToken)
    {
        // Rows that are due but must wait for another are not counted: they fall due with that one.
        var now = Now;
        return ReadAsync(outbox => outbox.Where(row => row.DueAt > now).MinAsync(row => (long?)row.DueAt, cancellationToken));
    }

    private static string LeaseQuery(TableShape outbox)
    {
        var (due, key, sequence, token) = (outbox[nameof(OutboxMessage.DueAt)], outbox[nameof(OutboxMessage.OrderKey)],
            outbox[nameof(OutboxMessage.Sequence)], outbox[nameof(OutboxMessage.ScheduleToken)]);
        var skip = outbox.HasRowLocks ? " FOR UPDATE SKIP LOCKED" : "";
        return $"""
            SELECT o.* FROM {outbox.Table} AS o
            WHERE o.{due} <= {"{0}"} AND NOT EXISTS (
                SELECT 1 FROM {outbox.Table} AS p
                WHERE p.{key} = o.{key} AND p.{sequence} < o.{sequence} AND p.{due} > {"{0}"} AND p.{token} IS NULL)
            ORDER BY o.{sequence} LIMIT {"{1}"}{skip}
            """;
    }

    private async Task<T> ReadAsync<T>(Func<DbSet<OutboxMessage>, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CausalityDbContext>().Set<OutboxMessage>()).ConfigureAwait(false);
    }

    private async Task WriteAsync(Func<DbSet<OutboxMessage>, Task> write, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        await using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        await write(database.Set<OutboxMessage>()).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
