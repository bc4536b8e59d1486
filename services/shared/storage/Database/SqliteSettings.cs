using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Causality.Storage.Database;

/// <summary>Settings that SQLite keeps per connection.</summary>
/// <remarks>
/// <c>synchronous=FULL</c>: in WAL mode a commit is durable only with it. <c>busy_timeout</c>: other processes may write the same file; in this
/// process <see cref="WriteGate"/> keeps the line.
/// </remarks>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
