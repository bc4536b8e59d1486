using Npgsql;

namespace Causality.TestKit.Servers;

/// <summary>
/// A fresh, empty database on the PostgreSQL that <see cref="TestServerVariables.Postgres"/> names, dropped at dispose
/// even while connections are open.
/// </summary>
/// <example><code>await using var server = await PostgresServer.CreateAsync(cancellationToken);</code></example>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _administratorConnectionString;

    private PostgresServer(string administratorConnectionString, string connectionString, string databaseName)
    {
        _administratorConnectionString = administratorConnectionString;
        ConnectionString = connectionString;
        DatabaseName = databaseName;
    }

    /// <summary>Npgsql connection string of the new database, as its owner, who may also create roles.</summary>
    public string ConnectionString { get; }

    /// <summary>Lower-case letters, digits and underscores; needs no quotes. Unique across runs.</summary>
    public string DatabaseName { get; }

    /// <summary>True when a server is named, for tests that skip without one.</summary>
    public static bool IsAvailable => TestServerVariables.Find(TestServerVariables.Postgres) is not null;

    /// <summary>Creates the database.</summary>
    /// <param name="cancellationToken">Stops waiting for the server.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="TestServersMissingException">The variable is not set.</exception>
    /// <exception cref="NpgsqlException">The server does not answer or its user may not create databases.</exception>
    public static Task<PostgresServer> CreateAsync(CancellationToken cancellationToken = default) => CreateAsync(
        TestServerVariables.Require(TestServerVariables.Postgres, "an Npgsql connection string such as Host=127.0.0.1;Port=5432;Database=postgres;Username=...;Password=..."),
        cancellationToken);

    /// <summary>Creates the database on a server that the test knows.</summary>
    /// <param name="given">Npgsql connection string of an administrator.</param>
    /// <param name="cancellationToken">Stops waiting for the server.</param>
    /// <exception cref="NpgsqlException">The server does not answer or its user may not create databases.</exception>
    public static async Task<PostgresServer> CreateAsync(string given, CancellationToken cancellationToken = default)
    {
        // Unpooled: a pooled administrator connection would hold a server slot for every fixture of the run.
        var administrator = new NpgsqlConnectionStringBuilder(given) { Pooling = false };
        var databaseName = TestServerVariables.NewName();
        await ExecuteAsync(administrator.ConnectionString, $"CREATE DATABASE {databaseName} TEMPLATE template0", cancellationToken).ConfigureAwait(false);
        var own = new NpgsqlConnectionStringBuilder(given) { Database = databaseName };
        return new PostgresServer(administrator.ConnectionString, own.ConnectionString, databaseName);
    }

    /// <summary>Ends every connection to the database and drops it. A second call does nothing.</summary>
    /// <exception cref="NpgsqlException">The server does not answer any more.</exception>
    public async ValueTask DisposeAsync()
    {
        // This process's own idle connections first, so that no pool hands out one that the server has ended.
        var pooled = new NpgsqlConnection(ConnectionString);
        await using (pooled.ConfigureAwait(false))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await ExecuteAsync(_administratorConnectionString, $"DROP DATABASE IF EXISTS {DatabaseName} WITH (FORCE)", CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(string connectionString, string statement, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            // Only names made by NewName get here, and a database name cannot be a parameter.
#pragma warning disable CA2100
            var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
