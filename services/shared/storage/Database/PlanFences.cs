using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Database;

/// <summary>Stops the work of attempts that the saga has given up, wherever it runs. Checked in the transaction that stores a batch.</summary>
public static class PlanFences
{
    /// <summary>Stops an attempt and those before it; never takes a fence back.</summary>
    /// <param name="database">In a write transaction.</param>
    /// <param name="syncId">The sync.</param>
    /// <param name="attempt">The attempt; 0 stops nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task StopAsync(this CausalityDbContext database, Guid syncId, int attempt, CancellationToken cancellationToken)
    {
        var table = database.Names.Quoted("plan", "fences");
        var greatest = database.Names.HasSchemas ? "GREATEST" : "MAX";
        var sql = $"INSERT INTO {table} (sync_id, stopped_attempt) VALUES ({{0}}, {{1}}) ON CONFLICT (sync_id) DO UPDATE SET stopped_attempt = {greatest}({table}.stopped_attempt, excluded.stopped_attempt)";
        await database.Database.ExecuteSqlRawAsync(sql, [syncId, attempt], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the caller's work if its attempt has been stopped.</summary>
    /// <exception cref="AttemptStoppedException">It has.</exception>
    public static async Task ThrowIfStoppedAsync(this CausalityDbContext database, Guid syncId, int attempt, CancellationToken cancellationToken)
    {
        var stopped = await database.Set<PlanFenceRecord>().AsNoTracking().Where(fence => fence.SyncId == syncId)
            .Select(fence => fence.StoppedAttempt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (stopped >= attempt)
            throw new AttemptStoppedException(syncId, attempt);
    }
}
