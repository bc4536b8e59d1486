using System.Data.Common;
using System.Text;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Differ.Comparing;

/// <summary>Writes many rows of a plan in few statements; a row that is there stays as it is.</summary>
internal static class PlanInserts
{
    // SQLite looks each parameter up by its name among those of the statement: many in one cost the square of their number. Arrays make one of PostgreSQL's good for all rows.
    private const int RowsPerSqliteStatement = 40;

    private static readonly (string Name, Func<PlanSegmentRecord, object?> Value, Func<IEnumerable<PlanSegmentRecord>, Array> Values)[] Columns =
    [
        Column("sync_id", row => row.SyncId),
        Column("segment_id", row => row.SegmentId),
        Column("content_hash", row => row.ContentHash),
        Column("attempt", row => row.Attempt),
        Column("origin", row => row.Origin),
        Column("start_timestamp", row => row.StartTimestamp),
        Column("end_timestamp", row => row.EndTimestamp),
        Column("entry_count", row => row.EntryCount),
        Column("size_bytes", row => row.SizeBytes),
        Column("direction", row => (int)row.Direction),
        Column("entries", row => row.Entries),
        Column("state", row => (int)row.State),
        Column("reason", row => row.Reason),
        Column("detail", row => row.Detail),
    ];

    private static readonly string Names = string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>Adds the rows in the context's transaction.</summary>
    public static async Task AddAsync(CausalityDbContext database, IReadOnlyList<PlanSegmentRecord> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        var table = database.Names.Quoted("plan", "segments");
        if (database.Names.HasSchemas)
        {
            var arrays = string.Join(", ", Columns.Select((_, index) => $"@p{index}"));
            await ExecuteAsync(
                database, $"INSERT INTO {table} ({Names}, entries_added, bytes_received) SELECT *, 0, 0 FROM unnest({arrays}) ON CONFLICT DO NOTHING",
                Columns.Select(column => (object?)column.Values(rows)), cancellationToken);
            return;
        }

        foreach (var chunk in rows.Chunk(RowsPerSqliteStatement))
        {
            var sql = new StringBuilder($"INSERT OR IGNORE INTO {table} ({Names}, entries_added, bytes_received) VALUES ");
            for (var row = 0; row < chunk.Length; row++)
                sql.Append(row > 0 ? ", (" : "(").AppendJoin(", ", Enumerable.Range(row * Columns.Length, Columns.Length).Select(number => $"@p{number}")).Append(", 0, 0)");
            await ExecuteAsync(database, sql.ToString(), chunk.SelectMany(row => Columns.Select(column => column.Value(row))), cancellationToken);
        }
    }

    private static Task ExecuteAsync(CausalityDbContext database, string sql, IEnumerable<object?> values, CancellationToken cancellationToken)
    {
        using var maker = database.Database.GetDbConnection().CreateCommand();
        return database.Database.ExecuteSqlRawAsync(sql, values.Select((value, index) => Parameter(maker, index, value)), cancellationToken);
    }

    private static object Parameter(DbCommand maker, int index, object? value)
    {
        var parameter = maker.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ($"p{index}", value ?? DBNull.Value);
        return parameter;
    }

    private static (string, Func<PlanSegmentRecord, object?>, Func<IEnumerable<PlanSegmentRecord>, Array>) Column<T>(string name, Func<PlanSegmentRecord, T> value) =>
        (name, row => value(row), rows => rows.Select(value).ToArray());
}
