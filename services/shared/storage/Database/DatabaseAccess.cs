using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Database;

/// <summary>Runs one piece of work on a context of its own and turns the database's failures into ours.</summary>
internal sealed class DatabaseAccess(IDbContextFactory<CausalityDbContext> contexts)
{
    /// <summary>Reads, or does whatever needs no write transaction.</summary>
    /// <param name="what">Completes "cannot …".</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">The database failed; retry later.</exception>
    public async Task<T> RunAsync<T>(string what, Func<CausalityDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            try
            {
                return await work(db).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not (OperationCanceledException or StorageUnavailableException) && DatabaseFaults.IsUnavailable(e))
            {
                throw DatabaseFaults.Unavailable(what, db.Database.GetDbConnection(), e);
            }
        }
    }
}
