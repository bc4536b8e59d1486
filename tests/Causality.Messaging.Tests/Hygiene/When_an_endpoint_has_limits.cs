using System.Text.Json;
using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using MassTransit;

namespace Causality.Messaging.Tests.Hygiene;

public sealed class When_an_endpoint_has_limits
{
    [Fact]
    public async Task Should_take_on_as_much_as_its_definition_says_and_no_more()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<HoldingConsumer, WideDefinition>(), options => options.Concurrency = 2);

        await FillAsync(service, 60);

        await service.Seen.WaitAsync("holds", 40);
        (await PrefetchAsync(backend)).ShouldBe(50);
        service.Seen.Of("holds").Count.ShouldBe(40);
    }

    [Fact]
    public async Task The_settings_should_win_over_the_definition()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<HoldingConsumer, WideDefinition>(),
            options => options.Endpoints["holding"] = new EndpointLimits { Prefetch = 20, Concurrency = 5 });

        await FillAsync(service, 60);

        await service.Seen.WaitAsync("holds", 5);
        (await PrefetchAsync(backend)).ShouldBe(20);
        service.Seen.Of("holds").Count.ShouldBe(5);
    }

    private static async Task FillAsync(Service service, int count)
    {
        for (var i = 0; i < count; i++)
            await service.Bus.Publish(new DoLongWork($"{i}"), TestContext.Current.CancellationToken);
    }

    // Only seconds after a consumer began does the management API know it; whatever too many messages would have been taken on are there by then.
    private static async Task<int> PrefetchAsync(Backend backend)
    {
        var found = await Eventually.BecomesAsync(
            async () =>
            {
                var text = await backend.Broker.Management.GetStringAsync(new Uri($"consumers/{backend.Broker.VirtualHost}", UriKind.Relative), TestContext.Current.CancellationToken);
                return JsonSerializer.Deserialize<JsonElement[]>(text)!.Where(consumer => consumer.GetProperty("queue").GetProperty("name").GetString() == "holding").ToList();
            },
            consumers => consumers.Count > 0,
            "the consumer of the queue 'holding' is known");
        return found[0].GetProperty("prefetch_count").GetInt32();
    }

    /// <summary>Holds every message until the service stops.</summary>
    [LongRunning]
    private sealed class HoldingConsumer(Observations seen) : IConsumer<DoLongWork>
    {
        public async Task Consume(ConsumeContext<DoLongWork> context)
        {
            seen.Add("holds");
            var stopped = new TaskCompletionSource();
            await using var registration = context.CancellationToken.Register(stopped.SetResult);
            await stopped.Task;
        }
    }

    private sealed class WideDefinition : ConsumerDefinition<HoldingConsumer>
    {
        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<HoldingConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.LimitTo<HoldingConsumer>(context, prefetch: 50, concurrency: 40);
    }
}
