using Causality.Storage.Blobs;
using Causality.Storage.Database;
using Causality.Storage.Maintenance;
using Causality.Storage.Native;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Backup;

/// <summary>A SQLite database as one file, written by <c>VACUUM INTO</c>: one moment, beside writers that go on.</summary>
internal sealed class SqliteSnapshot(IDbContextFactory<CausalityDbContext> contexts, TableNames names, IDurability durability) : IDatabaseSnapshot
{
    private const string FileName = "causality.db";

    /// <inheritdoc/>
    public DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <inheritdoc/>
    public async Task<SnapshotContent> TakeAsync(string folder, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new MaintenanceProgress("copying the database", 0, 0));
        var copy = Path.Combine(folder, FileName);
        await RunAsync(await SourceAsync(cancellationToken).ConfigureAwait(false), async source =>
        {
            var command = source.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                (command.CommandText, command.CommandTimeout) = ("VACUUM INTO $copy", 0);
                command.Parameters.AddWithValue("$copy", copy);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            return 0;
        }, cancellationToken).ConfigureAwait(false);
        return await RunAsync(new SqliteConnectionStringBuilder { DataSource = copy, Mode = SqliteOpenMode.ReadOnly, Pooling = false },
            connection => SnapshotReader.ReadAsync(connection, null, names, folder, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<string?> FindContentAsync(CancellationToken cancellationToken)
    {
        var path = (await SourceAsync(cancellationToken).ConfigureAwait(false)).DataSource;
        return File.Exists(path) ? $"there is a database already, '{path}'" : null;
    }

    /// <inheritdoc/>
    public async Task RestoreAsync(string folder, string migration, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new MaintenanceProgress("restoring the database", 0, 0));
        var path = Path.GetFullPath((await SourceAsync(cancellationToken).ConfigureAwait(false)).DataSource);
        await Task.Run(() => DataFolder.Guard($"write the database '{path}'", () =>
        {
            // What an earlier, interrupted attempt left beside its file would be read into this one.
            foreach (var left in (string[])["-wal", "-shm", "-journal"])
                File.Delete(path + left);
            DurableCopy.Write(Path.Combine(folder, FileName), path, durability);
        }), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SqliteConnectionStringBuilder> SourceAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
            return new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
    }

    private static async Task<T> RunAsync<T>(SqliteConnectionStringBuilder text, Func<SqliteConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(text.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                return await work(connection).ConfigureAwait(false);
            }
            catch (SqliteException e)
            {
                throw DatabaseFaults.Unavailable("copy the database", connection, e);
            }
        }
    }
}
