using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Data;

/// <summary>Takes rows whose time has come, each for one replica only.</summary>
internal static class DueRows
{
    /// <param name="database">In a write transaction; the locks last until it ends.</param>
    /// <param name="where">Condition, with <c>{0}</c> and so on for the values. A constant of the program, never input.</param>
    /// <param name="orderBy">Column; earliest first.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="values">The values.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<List<T>> TakeDueAsync<T>(
        this CausalityDbContext database, string where, string orderBy, int limit, object[] values, CancellationToken cancellationToken) where T : class
    {
        // SQLite has one writer, and this transaction is it: there is nobody to skip.
        var skipLocked = database.Names.HasSchemas ? " FOR UPDATE SKIP LOCKED" : "";
        var table = TableShape.Of<T>(database);
        var sql = $"SELECT {table.Columns} FROM {table.Table} WHERE {where} ORDER BY {orderBy} LIMIT {limit}{skipLocked}";
        return database.Set<T>().FromSqlRaw(sql, values).ToListAsync(cancellationToken);
    }
}
