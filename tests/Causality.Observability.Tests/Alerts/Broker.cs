using Causality.TestKit.Servers;
using Causality.Observability.Tests.Tools;
using RabbitMQ.Client;

namespace Causality.Observability.Tests.Alerts;

/// <summary>A RabbitMQ of the tests' own, with its Prometheus plugin; it may be treated badly.</summary>
public sealed class Broker : IAsyncLifetime
{
    private const string Detailed = "/metrics/detailed?family=queue_coarse_metrics&family=queue_consumer_count&family=channel_queue_metrics";
    private PrivateServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Metrics => _server.Setting("CAUSALITY_TEST_RABBITMQ_PROMETHEUS");

    public async ValueTask InitializeAsync() => _server = await PrivateServer.StartRabbitMqAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>A virtual host for one test.</summary>
    public Task<RabbitMqServer> MakeRoomAsync() =>
        RabbitMqServer.CreateAsync(new Uri(_server.Setting(TestServerVariables.RabbitMq)), new Uri(_server.Setting(TestServerVariables.RabbitMqManagement)), Token);

    /// <summary>Runs rabbitmqctl.</summary>
    internal Task ControlAsync(params string[] arguments) => _server.ControlAsync(arguments, Token);

    /// <summary>Kills it.</summary>
    internal Task KillAsync() => _server.KillAsync(Token);

    /// <summary>Starts it again.</summary>
    internal Task StartAgainAsync() => _server.StartAgainAsync(cancellationToken: Token);

    /// <summary>Both pages of the plugin, as <c>prometheus.yml</c> scrapes them, without what it says of other virtual hosts.</summary>
    internal async Task<string> ScrapeAsync(RabbitMqServer room)
    {
        var detailed = await Scraping.ReadAsync(Metrics + Detailed);
        var own = detailed.Split('\n').Where(line => line.StartsWith("rabbitmq_detailed", StringComparison.Ordinal) && line.Contains($"vhost=\"{room.VirtualHost}\"", StringComparison.Ordinal));
        return await Scraping.ReadAsync(Metrics + "/metrics") + string.Join('\n', own);
    }

    /// <summary>Scrapes until the pages are as wanted; the plugin renews them every five seconds.</summary>
    internal Task<string> ScrapeUntilAsync(RabbitMqServer room, Func<IReadOnlyList<Sample>, bool> wanted, string what) =>
        TestKit.Operators.Eventually.BecomesAsync(() => ScrapeAsync(room), page => wanted(Sample.ReadPage(page)), what, Token);

    /// <summary>A connection of a program that is none of ours.</summary>
    internal static Task<IConnection> ConnectAsync(RabbitMqServer room) => new ConnectionFactory { Uri = room.AmqpUri }.CreateConnectionAsync(Token);
}
