using Causality.TestKit.Processes;
using Causality.TestKit.Servers;
using Npgsql;

namespace Causality.Security.Tests.Database;

/// <summary>Every role tries every operation on every table of a real server; what is allowed stands here once more, by hand.</summary>
public sealed class When_services_have_roles_of_their_own
{
    private static readonly string[] Roles = ["scheduler", "differ", "transfer", "resolver", "gateway"];

    /// <summary>S select, I insert, U update, D delete, u update of last_used_at only. What is not named is forbidden, and a table that is not named here fails the test.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["log.segments"] = "differ=S transfer=SIU resolver=S gateway=SIU",
        ["log.head"] = "differ=S transfer=SU resolver=S gateway=SU",
        ["log.arrivals"] = "transfer=SI resolver=SD gateway=SI",
        ["log.contributions"] = "gateway=SIU",
        ["conflicts.head"] = "resolver=SU gateway=S",
        ["conflicts.ledger"] = "resolver=SIU",
        ["conflicts.versions"] = "resolver=SIU",
        ["conflicts.decisions"] = "resolver=SI",
        ["conflicts.views"] = "resolver=SIU gateway=S",
        ["plan.segments"] = "scheduler=SD differ=SIUD transfer=SU",
        ["plan.fences"] = "scheduler=SD differ=SIU transfer=SIU",
        ["scheduler.peers"] = "scheduler=SIUD transfer=S gateway=S",
        ["scheduler.schedule"] = "scheduler=SIU",
        ["scheduler.syncs"] = "scheduler=SIUD",
        ["scheduler.pending_syncs"] = "scheduler=SIUD",
        ["scheduler.events"] = "scheduler=SID",
        ["scheduler.plans"] = "scheduler=SIUD",
        ["control.tokens"] = "scheduler=SIUD resolver=Su gateway=Su",
        ["scheduler.inbox"] = "scheduler=SID",
        ["scheduler.outbox"] = "scheduler=SIUD",
        ["differ.inbox"] = "differ=SID",
        ["differ.outbox"] = "differ=SIUD",
        ["transfer.inbox"] = "transfer=SID",
        ["transfer.outbox"] = "transfer=SIUD",
        ["resolver.inbox"] = "resolver=SID",
        ["resolver.outbox"] = "resolver=SIUD",
        ["gateway.inbox"] = "",
        ["gateway.outbox"] = "",
        ["standalone.inbox"] = "",
        ["standalone.outbox"] = "",
        ["public.__EFMigrationsHistory"] = "scheduler=S differ=S transfer=S resolver=S gateway=S",
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_allow_each_what_it_needs_and_nothing_else()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable, TestKit.Operators.OperatorStore.Missing);
        await using var server = await PostgresServer.CreateAsync(Cancelled);
        await using var roles = await DatabaseRoles.CreateAsync(server, Cancelled);
        await MigrateAsync(roles);
        var tables = await TablesAsync(server.ConnectionString);
        tables.Keys.Order().ShouldBe(Allowed.Keys.Order(), "every table has a line here");

        var wrong = new List<string>();
        foreach (var role in Roles)
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(roles.ConnectionStringOf(role)) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(Cancelled);
            foreach (var (table, columns) in tables)
            {
                var name = $"\"{table.Replace(".", "\".\"", StringComparison.Ordinal)}\"";
                var allowed = Allowed[table].Split(' ').FirstOrDefault(one => one.StartsWith(role + "=", StringComparison.Ordinal))?.Split('=')[1] ?? "";
                var column = columns.First(one => one != "last_used_at");
                foreach (var (operation, may, sql) in new[]
                {
                    ("select", allowed.Contains('S'), $"SELECT * FROM {name} LIMIT 1"),
                    ("insert", allowed.Contains('I'), $"INSERT INTO {name} DEFAULT VALUES"),
                    ("update", allowed.Contains('U'), $"UPDATE {name} SET \"{column}\" = NULL WHERE false"),
                    ("delete", allowed.Contains('D'), $"DELETE FROM {name} WHERE false"),
                    ("truncate", false, $"TRUNCATE {name}"),
                    ("alter", false, $"ALTER TABLE {name} ADD COLUMN mine integer"),
                    ("drop", false, $"DROP TABLE {name}"),
                    ("index", false, $"CREATE INDEX mine ON {name} (\"{column}\")"),
                    ("trigger", false, $"CREATE TRIGGER mine BEFORE DELETE ON {name} EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
                })
                {
                    if (await IsAllowedAsync(connection, sql) != may)
                        wrong.Add($"{role} {operation} {table}: {(may ? "is refused and needs it" : "is allowed and must not be")}");
                }

                if (columns.Contains("last_used_at") && await IsAllowedAsync(connection, $"UPDATE {name} SET last_used_at = NULL WHERE false") != (allowed.Contains('u') || allowed.Contains('U')))
                    wrong.Add($"{role} update {table} (last_used_at)");
            }

            foreach (var sql in new[] { "CREATE SCHEMA mine", "CREATE TABLE public.mine (id integer)", "CREATE TABLE log.mine (id integer)", "CREATE TEMPORARY TABLE mine (id integer)", "CREATE ROLE mine", "SELECT pg_read_file('/etc/passwd')", "COPY (SELECT 1) TO PROGRAM 'true'" })
            {
                if (await IsAllowedAsync(connection, sql))
                    wrong.Add($"{role} may: {sql}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_own_nothing_and_take_back_what_somebody_gave_by_hand()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable, TestKit.Operators.OperatorStore.Missing);
        await using var server = await PostgresServer.CreateAsync(Cancelled);
        await using var roles = await DatabaseRoles.CreateAsync(server, Cancelled);
        await MigrateAsync(roles);
        await using var administrator = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await administrator.OpenAsync(Cancelled);
        (await ScalarAsync(administrator, $"SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname LIKE '{roles.Prefix}\\_%' AND r.rolname <> '{roles.Prefix}_migrator'")).ShouldBe(0L);
        await ScalarAsync(administrator, $"GRANT DELETE ON log.segments TO {roles.Prefix}_gateway");
        await MigrateAsync(roles);
        (await ScalarAsync(administrator, $"SELECT has_table_privilege('{roles.Prefix}_gateway', 'log.segments', 'DELETE')")).ShouldBe(false);
        await roles.ApplyAsync(Cancelled);
    }

    [Fact]
    public async Task Should_say_what_to_do_when_the_roles_are_missing()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable, TestKit.Operators.OperatorStore.Missing);
        await using var server = await PostgresServer.CreateAsync(Cancelled);
        var run = await RunMigrateAsync(server.ConnectionString, "nobody_made_these");
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("nobody_made_these_gateway");
        run.Error.ShouldContain("infra/postgres/roles.sql");
        run.Error.ShouldNotContain("Password");
    }

    private static async Task MigrateAsync(DatabaseRoles roles)
    {
        var run = await RunMigrateAsync(roles.ConnectionStringOf("migrator"), roles.Prefix);
        run.ExitCode.ShouldBe(0, run.Error + run.Output);
    }

    private static async Task<ProgramRun> RunMigrateAsync(string connection, string prefix)
    {
        var folder = Directory.CreateTempSubdirectory("causality-migrate-");
        try
        {
            return await ProgramRun.ToEndAsync("dotnet", [BuiltPrograms.Causality, "migrate"], new Dictionary<string, string>
            {
                ["Storage__Provider"] = "PostgreSql",
                ["Storage__ConnectionString"] = connection,
                ["Storage__DataFolder"] = folder.FullName,
                ["Storage__RolePrefix"] = prefix,
            }, folder.FullName, Cancelled);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Whether the server lets the role do it: any answer but "insufficient privilege" means that it would, such as a missing value of an insert.</summary>
    private static async Task<bool> IsAllowedAsync(NpgsqlConnection connection, string sql)
    {
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        try
        {
            await ScalarAsync(connection, sql);
            return true;
        }
        catch (PostgresException exception)
        {
            return exception.SqlState != PostgresErrorCodes.InsufficientPrivilege;
        }
        finally
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
    }

    private static async Task<Dictionary<string, List<string>>> TablesAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand("SELECT table_schema || '.' || table_name, column_name FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, ordinal_position", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        var tables = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        while (await reader.ReadAsync(Cancelled))
        {
            if (!tables.TryGetValue(reader.GetString(0), out var columns))
                tables[reader.GetString(0)] = columns = [];
            columns.Add(reader.GetString(1));
        }

        return tables;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        // Statements of this file over names of the schema.
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancelled);
    }
}
