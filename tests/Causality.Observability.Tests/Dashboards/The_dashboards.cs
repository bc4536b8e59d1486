using System.Text.Json;
using System.Text.RegularExpressions;
using Causality.Observability.Tests.Alerts;
using Causality.Observability.Tests.Tools;
using Causality.TestKit.Processes;
using Causality.TestKit.Servers;
using YamlDotNet.Serialization;

namespace Causality.Observability.Tests.Dashboards;

/// <summary>Dashboards and scrape configuration against Prometheus itself and against what operator, broker and database really tell.</summary>
public sealed partial class The_dashboards(Broker broker) : IClassFixture<Broker>
{
    private static readonly string Folder = Path.Combine(BuiltPrograms.RepositoryRoot, "infra", "grafana", "dashboards");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_have_expressions_that_Prometheus_understands()
    {
        Promtool.Require();
        var rules = Expressions().Select((expression, number) => new { record = $"test:{number}", expr = expression.Replace("$operator", "operator-a", StringComparison.Ordinal) });
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new SerializerBuilder().JsonCompatible().Build().Serialize(new { groups = new[] { new { name = "dashboards", rules } } }), Token);

        var (code, output) = await Promtool.RunAsync(null, "check", "rules", file);

        File.Delete(file);
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task Should_have_a_configuration_that_Prometheus_takes()
    {
        Promtool.Require();

        var (code, output) = await Promtool.RunAsync(null, "check", "config", Path.Combine(MetricsReference.Folder, "prometheus.yml"));

        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task Should_name_only_metrics_that_exist()
    {
        await using var room = await broker.MakeRoomAsync();
        await using var operators = new Operators();
        var database = PostgresServer.IsAvailable ? await PostgresServer.CreateAsync(Token) : null;
        string[] store = database is null ? [] : ["Storage:Provider=PostgreSql", $"Storage:ConnectionString={database.ConnectionString}"];
        var one = await operators.StartAsync("one", ["Bus:Transport=RabbitMq", $"Bus:Uri={room.AmqpUri}", .. store]);
        await one.SyncManager.AddPeerAsync(new Contracts.Http.Control.PeerRequest { Id = "away", Address = "https://127.0.0.1:1", Pins = [new string('0', 64)] }, Token);
        await one.SyncManager.SyncWithPeerAsync("away", new Contracts.SyncOverrides { MaxRetries = 0 }, Token);
        var theirs = await broker.ScrapeUntilAsync(room, samples => samples.Any(sample => sample.Name == "rabbitmq_detailed_channel_messages_acked_total") && samples.Any(sample => sample.Name == "rabbitmq_detailed_queue_consumers"), "acknowledgements");

        await one.ScrapeUntilAsync(samples => samples.Any(sample => sample.Name == "http_server_request_duration_seconds_bucket"), "a request that was answered");
        var known = Sample.ReadPage(await one.ScrapeAsync()).Concat(Sample.ReadPage(theirs)).Select(sample => sample.Name)
            .Concat(MetricsReference.Ours.SelectMany(metric => new[] { metric.Name, metric.Name + "_bucket", metric.Name + "_count", metric.Name + "_sum" }))
            .Concat(Record().Matches(await File.ReadAllTextAsync(RuleTrial.RulesFile, Token)).Select(match => match.Groups[1].Value)).Append("db_client_connection_state").ToHashSet(StringComparer.Ordinal);
        var named = Expressions().Append(await File.ReadAllTextAsync(RuleTrial.RulesFile, Token)).SelectMany(expression => Metric().Matches(expression).Select(match => match.Value)).Distinct();
        // MassTransit keeps its meter for the first host of a process; When_a_process_is_scraped sees it. Without a PostgreSQL nobody tells of one.
        var unknown = named.Where(name => !known.Contains(name) && !name.StartsWith("messaging_masstransit_consume", StringComparison.Ordinal) && (database is not null || !name.StartsWith("db_", StringComparison.Ordinal))).ToList();

        unknown.ShouldBeEmpty(string.Join(' ', known.Where(name => name.StartsWith("db_", StringComparison.Ordinal))));
        await operators.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }

    private static IReadOnlyList<string> Expressions() =>
        [.. Directory.GetFiles(Folder, "*.json").SelectMany(file => Find(JsonDocument.Parse(File.ReadAllText(file)).RootElement))];

    private static IEnumerable<string> Find(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "expr" ? [member.Value.GetString()!] : Find(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Find),
        _ => [],
    };

    [GeneratedRegex("^ +- record: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Record();

    [GeneratedRegex(@"\b(?:causality[_:][a-z0-9_:]+|rabbitmq_[a-z0-9_]+|dotnet_[a-z0-9_]+|db_client_(?:operation|connection)_[a-z0-9_]+|messaging_[a-z0-9_]+|http_server_[a-z0-9_]+|kestrel_[a-z0-9_]+)")]
    private static partial Regex Metric();
}
