using System.Text.Json;
using Causality.Standalone.Embedding;
using Causality.Standalone.Tests.Embedding;
using Causality.TestKit.Servers;
using static Causality.Standalone.Tests.Dlq.CommandLine;

namespace Causality.Standalone.Tests.Dlq;

[Collection(InThisProcess.Name)]
public sealed class The_list_of_queues
{
    [Fact]
    public async Task Should_be_the_queues_that_an_operator_declares()
    {
        Assert.SkipUnless(RabbitMqServer.IsAvailable, "No RabbitMQ named; run infra/scripts/with-servers.sh.");
        await using var broker = await RabbitMqServer.CreateAsync(TestContext.Current.CancellationToken);
        var data = Directory.CreateTempSubdirectory("causality-dlq-").FullName;
        await using var running = CausalityOperator.Create(
            options => (options.Id, options.DataFolder, options.Url, options.PeerUrl) = ("operator-a", data, "http://127.0.0.1:0", "https://127.0.0.1:0"),
            ["--Bus:Transport=RabbitMq", $"--Bus:Uri={broker.AmqpUri}", "--Logging:LogLevel:Default=Warning"]);
        await running.StartAsync(TestContext.Current.CancellationToken);

        var declared = JsonSerializer.Deserialize<JsonElement[]>(await broker.Management.GetStringAsync(new Uri($"queues/{broker.VirtualHost}", UriKind.Relative), TestContext.Current.CancellationToken))!
            .Select(queue => queue.GetProperty("name").GetString()!).ToList();
        var management = $"{Environment.GetEnvironmentVariable(TestServerVariables.RabbitMqManagement)}";
        var asked = await CausalityAsync(broker.AmqpUri, "dlq", "list", "--json", "--management", management);
        var known = await CausalityAsync(broker.AmqpUri, "dlq", "list", "--json");

        known.ExitCode.ShouldBe(0, known.Errors);
        asked.ExitCode.ShouldBe(0, asked.Errors);
        Names(known).ShouldBe(declared.Where(name => !name.EndsWith("_error", StringComparison.Ordinal)).Select(name => $"{name}_error").Order(), false, "the queues in OperatorQueues.All");
        Names(asked).ShouldBe(Names(known));
    }

    private static List<string> Names(Run run) => [.. run.Json.EnumerateArray().Select(queue => queue.GetProperty("queue").GetString()!)];
}
