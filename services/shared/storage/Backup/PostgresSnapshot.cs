using System.Data;
using System.IO.Compression;
using System.Text.Json;
using Causality.Storage.Database;
using Causality.Storage.Maintenance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Causality.Storage.Backup;

/// <summary>A PostgreSQL database as one file per table, read by <c>COPY</c> in one repeatable-read transaction: one moment, beside writers that go on.</summary>
/// <remarks>
/// The schema is not copied: it is what the migrations make. The tables are restored into the schema of the same migration and brought up to date from there.
/// Needs a role that may read every table: the owner's.
/// </remarks>
internal sealed class PostgresSnapshot(IDbContextFactory<CausalityDbContext> contexts, TableNames names) : IDatabaseSnapshot
{
    private const string History = "__EFMigrationsHistory";
    private const string TablesFile = "tables.json";
    private const int BufferBytes = 256 * 1024;

    private const string TablesQuery = """
        SELECT n.nspname, c.relname, array_agg(a.attname ORDER BY a.attnum)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%' GROUP BY 1, 2 ORDER BY 1, 2
        """;

    private const string SequencesQuery = "SELECT schemaname, sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL AND schemaname NOT LIKE 'pg\\_%' ORDER BY 1, 2";

    /// <inheritdoc/>
    public DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    /// <inheritdoc/>
    public Task<SnapshotContent> TakeAsync(string folder, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken) => RunAsync(async connection =>
    {
        var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using (moment.ConfigureAwait(false))
        {
            var content = await SnapshotReader.ReadAsync(connection, moment, names, folder, cancellationToken).ConfigureAwait(false);
            var database = await DescribeAsync(connection, moment, cancellationToken).ConfigureAwait(false);
            for (var index = 0; index < database.Tables.Count; index++)
            {
                progress?.Report(new MaintenanceProgress("copying the database", index, database.Tables.Count));
                await CopyOutAsync(connection, database.Tables[index], folder, cancellationToken).ConfigureAwait(false);
            }

            await File.WriteAllTextAsync(Path.Combine(folder, TablesFile), JsonSerializer.Serialize(database, BackupManifest.Json), cancellationToken).ConfigureAwait(false);
            return content;
        }
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindContentAsync(CancellationToken cancellationToken) => RunAsync(async connection =>
    {
        var migrated = false;
        await SnapshotReader.ForEachAsync(connection, null, $"SELECT to_regclass('public.\"{History}\"') IS NOT NULL", row => migrated = row.GetBoolean(0), cancellationToken).ConfigureAwait(false);
        string? found = null;
        if (migrated)
        {
            await SnapshotReader.ForEachAsync(connection, null, $"SELECT (SELECT count(*) FROM {names.Quoted("log", "segments")}), (SELECT count(*) FROM {names.Quoted("scheduler", "peers")})",
                row => found = row.GetInt64(0) + row.GetInt64(1) > 0 ? $"the database '{connection.Database}' holds {row.GetInt64(0)} segments and {row.GetInt64(1)} peers" : null, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task RestoreAsync(string folder, string migration, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var database = JsonSerializer.Deserialize<CopiedDatabase>(await File.ReadAllBytesAsync(Path.Combine(folder, TablesFile), cancellationToken).ConfigureAwait(false), BackupManifest.Json)!;
        await MigrateAsync(migration, cancellationToken).ConfigureAwait(false);
        await RunAsync(async connection =>
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await ExecuteAsync(connection, $"TRUNCATE {string.Join(", ", database.Tables.Select(table => table.Name))}", cancellationToken).ConfigureAwait(false);
                for (var index = 0; index < database.Tables.Count; index++)
                {
                    progress?.Report(new MaintenanceProgress("restoring the database", index, database.Tables.Count));
                    await CopyInAsync(connection, database.Tables[index], folder, cancellationToken).ConfigureAwait(false);
                }

                foreach (var sequence in database.Sequences)
                    await ExecuteAsync(connection, $"SELECT setval('{sequence.Name.Replace("'", "''", StringComparison.Ordinal)}'::regclass, {sequence.Last})", cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return 0;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task MigrateAsync(string migration, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!db.Database.GetMigrations().Contains(migration))
                throw new BackupException($"The backup's schema, migration {migration}, is not known here: it was made by a newer version. Restore it with that version or a later one.");
            await db.GetService<IMigrator>().MigrateAsync(migration, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<CopiedDatabase> DescribeAsync(NpgsqlConnection connection, NpgsqlTransaction moment, CancellationToken cancellationToken)
    {
        var (tables, sequences) = (new List<CopiedTable>(), new List<CopiedSequence>());
        await SnapshotReader.ForEachAsync(connection, moment, TablesQuery, row =>
        {
            if (row.GetString(1) != History)
                tables.Add(new CopiedTable($"{Quote(row.GetString(0))}.{Quote(row.GetString(1))}", $"{row.GetString(0)}.{row.GetString(1)}.copy.gz", [.. row.GetFieldValue<string[]>(2).Select(Quote)]));
        }, cancellationToken).ConfigureAwait(false);
        await SnapshotReader.ForEachAsync(connection, moment, SequencesQuery,
            row => sequences.Add(new CopiedSequence($"{Quote(row.GetString(0))}.{Quote(row.GetString(1))}", row.GetInt64(2))), cancellationToken).ConfigureAwait(false);
        return new CopiedDatabase(tables, sequences);
    }

    private static async Task CopyOutAsync(NpgsqlConnection connection, CopiedTable table, string folder, CancellationToken cancellationToken)
    {
        var from = await connection.BeginRawBinaryCopyAsync($"COPY {table.Name} ({string.Join(", ", table.Columns)}) TO STDOUT (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        await using (from.ConfigureAwait(false))
        {
            var to = new GZipStream(new FileStream(Path.Combine(folder, table.File), FileMode.CreateNew), CompressionLevel.Fastest);
            await using (to.ConfigureAwait(false))
                await from.CopyToAsync(to, BufferBytes, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CopyInAsync(NpgsqlConnection connection, CopiedTable table, string folder, CancellationToken cancellationToken)
    {
        var from = new GZipStream(File.OpenRead(Path.Combine(folder, table.File)), CompressionMode.Decompress);
        await using (from.ConfigureAwait(false))
        {
            var to = await connection.BeginRawBinaryCopyAsync($"COPY {table.Name} ({string.Join(", ", table.Columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
            await using (to.ConfigureAwait(false))
                await from.CopyToAsync(to, BufferBytes, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // Quoted names out of a manifest whose hashes were checked.
#pragma warning disable CA2100
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                try
                {
                    await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                    return await work(connection).ConfigureAwait(false);
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
                {
                    throw new BackupException($"The database refuses: {e.MessageText}. Back up and restore as the owner of the operator's database.", e);
                }
                catch (NpgsqlException e)
                {
                    throw DatabaseFaults.Unavailable("copy the database", connection, e);
                }
            }
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed record CopiedDatabase(IReadOnlyList<CopiedTable> Tables, IReadOnlyList<CopiedSequence> Sequences);

    private sealed record CopiedTable(string Name, string File, IReadOnlyList<string> Columns);

    private sealed record CopiedSequence(string Name, long Last);
}
