using Causality.TestKit.Processes;

namespace Causality.Security.Tests.Secrets;

/// <summary>Real processes with canaries for secrets, in the situations in which connection strings like to get into logs.</summary>
public sealed class When_secrets_are_wrong_or_servers_are_away
{
    private const string DatabaseCanary = "canary-database-7f3a91";
    private const string BrokerCanary = "canary-broker-52c0de";
    private const string TokenCanary = "canary-token-0123456789abcdef0123456789";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Situations
    {
        get
        {
            var (closed, rows) = (FreePorts.Take(1)[0], new TheoryData<string, string, string>());
            rows.Add("no database", $"Host=127.0.0.1;Port={closed};Database=causality;Username=causality;Password={DatabaseCanary}", $"amqp://causality:{BrokerCanary}@127.0.0.1:{closed}/");
            rows.Add("a connection string that is none", $"Host=127.0.0.1;Nonsense={DatabaseCanary};Password={DatabaseCanary}", $"amqp://causality:{BrokerCanary}@127.0.0.1:{closed}/");
            rows.Add("a broker address that is none", $"Host=127.0.0.1;Port={closed};Password={DatabaseCanary}", $"http://causality:{BrokerCanary}@127.0.0.1:{closed}/");
            if (Environment.GetEnvironmentVariable("CAUSALITY_TEST_POSTGRES") is { Length: > 0 } postgres)
                rows.Add("a wrong password", new Npgsql.NpgsqlConnectionStringBuilder(postgres) { Password = DatabaseCanary }.ConnectionString, $"amqp://causality:{BrokerCanary}@127.0.0.1:{closed}/");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task Should_say_what_is_wrong_and_tell_no_secret(string situation, string database, string broker)
    {
        var folder = Directory.CreateTempSubdirectory("causality-canary-");
        try
        {
            var run = await ProgramRun.ToEndAsync("dotnet", [BuiltPrograms.Service("scheduler")], new Dictionary<string, string>
            {
                ["Operator__Id"] = "operator-a",
                ["Storage__Provider"] = "PostgreSql",
                ["Storage__ConnectionString"] = database,
                ["Storage__DataFolder"] = folder.FullName,
                ["Storage__StartTimeout"] = "00:00:02",
                ["Bus__Transport"] = "RabbitMq",
                ["Bus__Uri"] = broker,
                ["Control__BootstrapToken"] = TokenCanary,
                ["Http__Url"] = "http://127.0.0.1:0",
                ["Logging__LogLevel__Default"] = "Debug",
            }, folder.FullName, Cancelled);
            run.ExitCode.ShouldNotBe(0, situation);
            var said = run.Output + run.Error;
            said.ShouldNotBeNullOrWhiteSpace();
            foreach (var canary in new[] { DatabaseCanary, BrokerCanary, TokenCanary })
                said.ShouldNotContain(canary, customMessage: situation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
