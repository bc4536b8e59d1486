using Microsoft.EntityFrameworkCore;

namespace Causality.Messaging.Database;

/// <summary>A lock by name until the transaction ends. On SQLite the write transaction is that lock already.</summary>
internal static class AdvisoryLock
{
    internal static async Task TakeAsync(DbContext database, string name, CancellationToken cancellationToken)
    {
        if (database.Database.IsNpgsql())
            await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken).ConfigureAwait(false);
    }
}
