using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Causality.PipelineBenchmark;

/// <summary>The same messages without outbox: MassTransit with its saga in memory, no database, no peer. What the bus alone costs; nothing here survives a crash.</summary>
internal static class BarePipeline
{
    public static async Task<(Sample Sequential, Sample Crowded)> MeasureAsync(Setting setting, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<Race>();
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(host => host.WaitUntilStarted = true);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            bus.AddConsumer<Requested>();
            bus.AddConsumer<Compare>();
            bus.AddConsumer<Skipped>();
            bus.AddSagaStateMachine<BareStateMachine, BareState>().InMemoryRepository();
            bus.AddConfigureEndpointsCallback((_, _, endpoint) => (endpoint as IRabbitMqReceiveEndpointConfigurator)?.SetQuorumQueue());
            bus.UsingRabbitMq((context, configurator) =>
            {
                configurator.Host(setting.Amqp);
                (configurator.PrefetchCount, configurator.ConcurrentMessageLimit) = (32, 8);
                configurator.ConfigureEndpoints(context);
            });
        });
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var (race, wire) = (host.Services.GetRequiredService<Race>(), host.Services.GetRequiredService<IBus>());
        Task SendAsync(int lane, Guid id) => wire.Publish(new BareRequested(id), cancellationToken);
        await race.RunAsync(setting.Peers, setting.WarmUp, SendAsync, "skipped", cancellationToken);
        var result = (await race.RunAsync(1, setting.Sequential, SendAsync, "skipped", cancellationToken), await race.RunAsync(setting.Peers, setting.Crowded, SendAsync, "skipped", cancellationToken));
        await host.StopAsync(cancellationToken);
        return result;
    }

    private sealed class Requested : IConsumer<BareRequested>
    {
        public Task Consume(ConsumeContext<BareRequested> context) => context.Publish(new BareBegin(context.Message.Id));
    }

    private sealed class Compare : IConsumer<BareCompare>
    {
        public Task Consume(ConsumeContext<BareCompare> context) => context.Publish(new BareCompared(context.Message.Id));
    }

    private sealed class Skipped(Race race) : IConsumer<BareSkipped>
    {
        public Task Consume(ConsumeContext<BareSkipped> context)
        {
            race.Answer(context.Message.Id, "skipped");
            return Task.CompletedTask;
        }
    }
}
