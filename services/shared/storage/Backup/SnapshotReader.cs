using System.Data.Common;
using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Log;

namespace Causality.Storage.Backup;

/// <summary>Reads what a snapshot says about the log, by the same statements on both databases.</summary>
internal static class SnapshotReader
{
    /// <summary>Reads the head and writes the list of contents.</summary>
    /// <param name="connection">Open, and seeing one moment for as long as this takes.</param>
    /// <param name="transaction">Its transaction; null where the database is a copy that nobody writes.</param>
    /// <param name="names">How its tables are called.</param>
    /// <param name="folder">Where the list goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SnapshotContent> ReadAsync(DbConnection connection, DbTransaction? transaction, TableNames names, string folder, CancellationToken cancellationToken)
    {
        var migration = "";
        await ForEachAsync(connection, transaction, "SELECT max(\"MigrationId\") FROM \"__EFMigrationsHistory\"", row => migration = row.GetString(0), cancellationToken).ConfigureAwait(false);
        var list = ContentList.Create(folder);
        await using (list.ConfigureAwait(false))
        {
            await ForEachAsync(connection, transaction, $"SELECT content_hash, size_bytes FROM {names.Quoted("log", "segments")}",
                row => list.WriteLine(ContentList.Line(new ContentHash(row.GetFieldValue<byte[]>(0)), row.GetInt64(1))), cancellationToken).ConfigureAwait(false);
        }

        LogHead? head = null;
        await ForEachAsync(connection, transaction, $"SELECT version, fingerprint_sum, segment_count, entry_count, size_bytes FROM {names.Quoted("log", "head")}",
            row => head = new LogHead(row.GetInt64(0), LogFingerprint.FromParts(row.GetFieldValue<byte[]>(1), row.GetInt64(2)), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)), cancellationToken).ConfigureAwait(false);
        return new SnapshotContent(migration, head ?? throw new BackupException("The database has no row in log.head: it is not an operator's, or damaged."));
    }

    /// <summary>Runs a statement and looks at each of its rows.</summary>
    public static async Task ForEachAsync(DbConnection connection, DbTransaction? transaction, string sql, Action<DbDataReader> look, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            // Names of our own tables only, none from outside.
#pragma warning disable CA2100
            (command.CommandText, command.Transaction, command.CommandTimeout) = (sql, transaction, 0);
#pragma warning restore CA2100
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                    look(rows);
            }
        }
    }
}
