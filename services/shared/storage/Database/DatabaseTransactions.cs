using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Causality.Storage.Database;

/// <summary>How every write transaction begins, on both databases.</summary>
public static class DatabaseTransactions
{
    /// <summary>Begins a transaction that will write. Commit it, and dispose it in any case.</summary>
    /// <param name="db">A context without a transaction.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>
    /// PostgreSQL: READ COMMITTED; take row locks yourself. SQLite: the only writer (BEGIN IMMEDIATE), after waiting in line with the other writers of this
    /// process; so keep it short, and never begin a second one (or call the log) inside it: that waits for itself.
    /// </returns>
    /// <exception cref="StorageUnavailableException">SQLite: the turn did not come within 30 s.</exception>
    public static async Task<IDbContextTransaction> BeginWriteAsync(this CausalityDbContext db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (db.Names.HasSchemas)
            return await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);

        var turn = await WriteGate.EnterAsync(db.Database.GetDbConnection(), cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            return new GatedTransaction(transaction, turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }
}
