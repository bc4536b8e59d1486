using Causality.TestKit.Processes;
using Causality.TestKit.Servers;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>One running operator of 300 entries, its rows in PostgreSQL and its contents in a folder.</summary>
public sealed class OnPostgresFixture : IAsyncLifetime
{
    public const int Entries = 300;

    internal PostgresServer Database { get; private set; } = null!;

    internal ServedOperator Operator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!PostgresServer.IsAvailable)
            return;
        var token = TestContext.Current.CancellationToken;
        Database = await PostgresServer.CreateAsync(token);
        Operator = await ServedOperator.StartAsync("operator-a", [.. StoreSettings(Database), "--Metrics:Interval=00:00:01"]);
        (await Operator.RunAsync("append", Operator.Write("entries.jsonl", Lines.Make("entry", Entries)))).ExitCode.ShouldBe(0);
        await Eventually.BecomesAsync(async _ => (await Operator.RunAsync("status", "--json")).Output, status => status.Contains($"\"entries\":{Entries}"), "the entries to be published", TimeSpan.FromSeconds(60), token);
    }

    internal static string[] StoreSettings(PostgresServer database) => ["--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={database.ConnectionString}"];

    public async ValueTask DisposeAsync()
    {
        if (Operator is not null)
            await Operator.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
    }
}
