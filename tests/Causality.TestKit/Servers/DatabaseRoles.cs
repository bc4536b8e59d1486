using System.Text.Json;
using Causality.TestKit.Processes;
using Causality.TestKit.Secrets;
using Npgsql;

namespace Causality.TestKit.Servers;

/// <summary>The roles of an operator's services in a test's database, made by <c>infra/postgres/roles.sql</c> as an administrator does it; gone at dispose, with the database.</summary>
public sealed class DatabaseRoles : IAsyncDisposable
{
    private static readonly string[] Names = ["migrator", "scheduler", "differ", "transfer", "resolver", "gateway"];

    private readonly PostgresServer _server;
    private readonly Dictionary<string, string> _passwords = Names.ToDictionary(name => name, _ => TestPasswords.Create());

    private DatabaseRoles(PostgresServer server) => _server = server;

    /// <summary>What the roles' names begin with.</summary>
    public string Prefix => _server.DatabaseName;

    /// <summary>The passwords by role.</summary>
    public IReadOnlyDictionary<string, string> Passwords => _passwords;

    /// <summary>The text of the file that makes them.</summary>
    public static string Script => File.ReadAllText(Path.Combine(BuiltPrograms.RepositoryRoot, "infra", "postgres", "roles.sql"));

    /// <summary>Makes the roles. They may nothing until the migrator has run with <c>Storage:RolePrefix</c>.</summary>
    /// <exception cref="NpgsqlException">The server does not answer, or its user may not create roles.</exception>
    public static async Task<DatabaseRoles> CreateAsync(PostgresServer server, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        var roles = new DatabaseRoles(server);
        await roles.ApplyAsync(cancellationToken).ConfigureAwait(false);
        return roles;
    }

    /// <summary>Runs the script, again if it has run before.</summary>
    public Task ApplyAsync(CancellationToken cancellationToken = default) =>
        ExecuteAsync($"SELECT set_config('causality.prefix', '{Prefix}', false), set_config('causality.passwords', '{JsonSerializer.Serialize(_passwords).Replace("'", "''", StringComparison.Ordinal)}', false);\n{Script}", cancellationToken);

    /// <summary>How a service connects; <c>conflict-resolver</c>'s role is <c>resolver</c>.</summary>
    /// <param name="service">One of <c>migrator</c> and the services.</param>
    public string ConnectionStringOf(string service)
    {
        var name = service == "conflict-resolver" ? "resolver" : service;
        return new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Username = $"{Prefix}_{name}", Password = _passwords[name] }.ConnectionString;
    }

    /// <summary>Drops the database, which the roles own or have rights in, and the roles.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        await ExecuteAsync(string.Join(";", Names.Select(name => $"DROP ROLE IF EXISTS {Prefix}_{name}")), CancellationToken.None, "postgres").ConfigureAwait(false);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, string? database = null)
    {
        var text = new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Pooling = false };
        text.Database = database ?? text.Database;
        var connection = new NpgsqlConnection(text.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            // Our own file, names made by NewName and hexadecimal passwords: nothing that a stranger wrote.
#pragma warning disable CA2100
            var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
            await using (command.ConfigureAwait(false))
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
