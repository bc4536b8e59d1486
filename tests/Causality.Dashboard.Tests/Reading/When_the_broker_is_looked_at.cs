using Causality.Dashboard.Tests.Hosting;
using Causality.Messaging;
using Causality.Scheduler.Dashboard;
using Causality.Scheduler.Dashboard.Queues;
using Causality.TestKit.Processes;
using Causality.TestKit.Servers;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Causality.Dashboard.Tests.Reading;

public sealed class When_the_broker_is_looked_at : IAsyncLifetime
{
    private ManagementServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ManagementServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Should_count_error_queues_with_the_queue_that_they_belong_to()
    {
        _server.Queues = (200, """
            [{"name":"sync-state","messages_ready":12,"messages_unacknowledged":3,"consumers":1,"message_stats":{"publish_details":{"rate":4.5},"ack_details":{"rate":4.0}}},
             {"name":"sync-state_error","messages_ready":2,"messages_unacknowledged":0,"consumers":0},
             {"name":"compare-segments","messages_ready":0,"messages_unacknowledged":0,"consumers":0},
             {"name":"gone_skipped","messages_ready":1},
             {"name":"starting"}]
            """);

        var broker = (await ReadAsync()).Value!;

        broker.Queues.Select(queue => (queue.Name, queue.Ready, queue.Unacked, queue.Consumers, queue.DeadLetters)).ShouldBe(
            [("compare-segments", 0, 0, 0, 0), ("gone", 0, 0, 0, 1), ("starting", 0, 0, 0, 0), ("sync-state", 12, 3, 1, 2)]);
        broker.Queues.Single(queue => queue.Name == "sync-state").InPerSecond.ShouldBe(4.5);
        broker.DeadLetters.ShouldBe(3);
    }

    [Fact]
    public async Task Should_say_what_holds_publishers_back()
    {
        _server.Nodes = (200, """[{"name":"rabbit@one","mem_alarm":true,"disk_free_alarm":false,"running":true},{"name":"rabbit@two","running":false}]""");
        _server.Connections = (200, """[{"name":"a","state":"blocked"},{"name":"b","state":"running"}]""");

        var alarms = (await ReadAsync()).Value!.Alarms;

        alarms.Count.ShouldBe(3);
        alarms[0].ShouldContain("memory watermark");
    }

    [Fact]
    public async Task Should_show_the_queues_to_whom_the_nodes_are_forbidden_and_say_so()
    {
        _server.Queues = (200, """[{"name":"sync-state","messages_ready":1,"consumers":1}]""");
        _server.Nodes = (401, """{"error":"not_authorized"}""");

        var broker = (await ReadAsync()).Value!;

        broker.Queues.ShouldHaveSingleItem();
        broker.Unseen!.ShouldContain("monitoring");
    }

    [Theory]
    [InlineData(401, "{}", "does not let")]
    [InlineData(404, "{}", "answered 404")]
    [InlineData(200, "<html>", "something else")]
    [InlineData(200, "{}", "something else")]
    [InlineData(200, """[{"no_name":1}]""", "something else")]
    public async Task Should_say_why_the_queues_cannot_be_seen(int status, string body, string fault)
    {
        _server.Queues = (status, body);

        var reading = await ReadAsync();

        reading.Value.ShouldBeNull();
        reading.Fault!.ShouldContain(fault);
        reading.Fault!.ShouldNotContain("secret-password");
    }

    [Fact]
    public async Task Should_say_that_nobody_answers()
    {
        using var broker = new BrokerReader(Options.Create(new DashboardOptions { ManagementUrl = $"http://127.0.0.1:{FreePorts.Take(1)[0]}" }), Options.Create(new BusOptions()), TimeProvider.System);

        (await broker.ReadAsync("/")).Fault!.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task Should_see_the_queues_of_a_real_broker()
    {
        Assert.SkipUnless(RabbitMqServer.IsAvailable, "No broker is named; run infra/scripts/with-servers.sh COMMAND or infra/scripts/test.sh.");
        await using var rabbit = await RabbitMqServer.CreateAsync(TestContext.Current.CancellationToken);
        var bus = Bus.Factory.CreateUsingRabbitMq(configure =>
        {
            configure.Host(rabbit.AmqpUri);
            configure.ReceiveEndpoint("looked-at", _ => { });
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        var management = new Uri(Environment.GetEnvironmentVariable(TestServerVariables.RabbitMqManagement)!);
        using var broker = new BrokerReader(Options.Create(new DashboardOptions { ManagementUrl = $"http://{management.Authority}" }), Options.Create(new BusOptions { Uri = rabbit.AmqpUri.ToString() }), TimeProvider.System);

        var view = await TestKit.Operators.Eventually.BecomesAsync(
            () => broker.ReadAsync(rabbit.VirtualHost), reading => reading.Value?.Queues.Any(queue => queue is { Name: "looked-at", Consumers: 1 }) ?? throw new InvalidOperationException(reading.Fault), "the queue with its consumer", TestContext.Current.CancellationToken);

        view.Value!.Unseen.ShouldBeNull();
        await bus.StopAsync(TestContext.Current.CancellationToken);
    }

    private Task<Scheduler.Dashboard.Rendering.Reading<BrokerView>> ReadAsync()
    {
        var options = Options.Create(new DashboardOptions { ManagementUrl = _server.Address, ManagementUser = "looker", ManagementPassword = "secret-password" });
        return new BrokerReader(options, Options.Create(new BusOptions()), TimeProvider.System).ReadAsync("/");
    }
}
