using Causality.Contracts;
using Causality.Messaging;
using Causality.Standalone.Tests.Embedding;
using Causality.Storage;
using Causality.Storage.Database;
using Causality.TestKit.Servers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using static Causality.Standalone.Tests.Dlq.CommandLine;

namespace Causality.Standalone.Tests.Dlq;

/// <summary>Fault matrix, F33: a dead letter that is re-driven twice has one effect.</summary>
[Collection(InThisProcess.Name)]
public sealed class When_a_redriven_message_reaches_its_consumer
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_have_its_effect_once_however_often_it_is_redriven()
    {
        Assert.SkipUnless(RabbitMqServer.IsAvailable, "No RabbitMQ named; run infra/scripts/with-servers.sh.");
        await using var broker = await RabbitMqServer.CreateAsync(Cancelled);
        using var host = await StartAsync(broker);
        var patient = host.Services.GetRequiredService<Patient>();
        await using var connection = await new ConnectionFactory { Uri = broker.AmqpUri }.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);

        await host.Services.GetRequiredService<IBus>().Publish(new CancelSync { SyncId = NewId.NextGuid(), Reason = "sick" }, Cancelled);
        var copy = await FirstAsync(channel, "fragile_error");
        patient.IsWell = true;
        await RedriveAsync(broker);
        (await patient.Seen.Reader.ReadAsync(Cancelled)).ShouldBe("sick");
        await channel.BasicPublishAsync("", "fragile_error", true, new BasicProperties(copy.BasicProperties), copy.Body, Cancelled);
        await RedriveAsync(broker);
        await host.Services.GetRequiredService<IBus>().Publish(new CancelSync { SyncId = NewId.NextGuid(), Reason = "healthy" }, Cancelled);

        // One at a time, in their order: had the duplicate been dealt with, it would stand before the healthy one.
        (await patient.Seen.Reader.ReadAsync(Cancelled)).ShouldBe("healthy");
        await host.StopAsync(Cancelled);
        (await channel.MessageCountAsync("fragile_error", Cancelled)).ShouldBe(0u);
        (await channel.MessageCountAsync("fragile", Cancelled)).ShouldBe(0u);
    }

    private static async Task RedriveAsync(RabbitMqServer broker)
    {
        var run = await CausalityAsync(broker.AmqpUri, "dlq", "redrive", "fragile_error", "--all", "--yes");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("1 message of fragile_error re-driven to fragile");
    }

    private static async Task<BasicGetResult> FirstAsync(IChannel channel, string queue)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync(Cancelled))
        {
            if (await channel.BasicGetAsync(queue, false, Cancelled) is not { } found)
                continue;
            await channel.BasicNackAsync(found.DeliveryTag, false, true, Cancelled);
            return found;
        }

        throw new OperationCanceledException(Cancelled);
    }

    private static async Task<IHost> StartAsync(RabbitMqServer broker)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<Patient>();
        builder.Services.AddCausalityStorage(options => (options.DataFolder, options.ServiceName) = (Directory.CreateTempSubdirectory("causality-dlq-").FullName, ServiceNames.Standalone));
        builder.Services.AddCausalityBus(
            options => (options.Transport, options.Uri, options.Concurrency) = (BusTransport.RabbitMq, broker.AmqpUri.ToString(), 1),
            bus => bus.AddConsumer<FragileConsumer>());
        var host = builder.Build();
        await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(Cancelled);
        await host.StartAsync(Cancelled);
        return host;
    }

    private sealed class Patient
    {
        public volatile bool IsWell;

        public System.Threading.Channels.Channel<string> Seen { get; } = System.Threading.Channels.Channel.CreateUnbounded<string>();
    }

    private sealed class SickException() : Exception("Not well."), IPermanentFailure;

    private sealed class FragileConsumer(Patient patient) : IConsumer<CancelSync>
    {
        public async Task Consume(ConsumeContext<CancelSync> context)
        {
            if (!patient.IsWell)
                throw new SickException();
            await patient.Seen.Writer.WriteAsync(context.Message.Reason!, context.CancellationToken);
        }
    }
}
