using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Causality.Storage.Database;

/// <summary>Tells a database that failed from a program that did.</summary>
public static class DatabaseFaults
{
    /// <summary>SQLite: busy, locked, out of memory, read-only, I/O error, corrupt, full, cannot open, protocol.</summary>
    private static readonly HashSet<int> SqliteUnavailable = [5, 6, 7, 8, 10, 11, 13, 14, 15];

    /// <summary>PostgreSQL classes: connection, resources, operator intervention, system error; and read-only, serialization, deadlock.</summary>
    private static readonly string[] PostgresUnavailable = ["08", "53", "57", "58", "25006", "40001", "40P01", "55P03"];

    /// <summary>True when the same call may succeed once the cause is mended.</summary>
    public static bool IsUnavailable(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            switch (error)
            {
                case PostgresException postgres:
                    return Array.Exists(PostgresUnavailable, code => postgres.SqlState.StartsWith(code, StringComparison.Ordinal));
                case NpgsqlException or SocketException or TimeoutException:
                    return true;
                case SqliteException sqlite:
                    return SqliteUnavailable.Contains(sqlite.SqliteErrorCode);
            }
        }

        return false;
    }

    /// <summary>Where the database is, without the password.</summary>
    public static string Describe(DbConnection connection) => connection switch
    {
        SqliteConnection sqlite => $"file '{sqlite.DataSource}'",
        NpgsqlConnection postgres => Describe(new NpgsqlConnectionStringBuilder(postgres.ConnectionString)),
        _ => connection.DataSource,
    };

    /// <summary>Our error for a database that failed.</summary>
    public static StorageUnavailableException Unavailable(string what, DbConnection connection, Exception error) =>
        new($"Cannot {what}: the database ({Describe(connection)}) failed: {Innermost(error).Message} Nothing was stored; retry once it is reachable.", error);

    private static string Describe(NpgsqlConnectionStringBuilder postgres) =>
        $"host {postgres.Host}, port {postgres.Port}, database {postgres.Database}, user {postgres.Username}";

    private static Exception Innermost(Exception error) => error is DbException || error.InnerException is null ? error : Innermost(error.InnerException);
}
