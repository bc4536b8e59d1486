using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using Causality.Storage.Database.Records;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Causality.Messaging.Tests;

public sealed class When_a_process_stops
{
    [Fact]
    public async Task Long_work_should_end_at_once_and_its_message_go_to_another_process()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var first = await Service.StartAsync(backend, bus => bus.AddConsumer<EndlessConsumer>());
        await first.Bus.Publish(new DoLongWork("endless"), TestContext.Current.CancellationToken);
        await first.Seen.WaitAsync("began endless");

        var seen = first.Seen;

        // Nothing lets the consumer end but the stop itself; a host that waited for it would wait for its whole time and be cut off.
        await first.DisposeAsync();
        seen.Of("told").ShouldBe(["told endless"]);

        await using var second = await Service.StartAsync(backend, bus => bus.AddConsumer<SeeingConsumer>().Endpoint(endpoint => endpoint.Name = "endless"));
        await second.Seen.WaitAsync("seen endless");
    }

    [Fact]
    public async Task A_consumer_that_is_ending_should_have_its_messages_sent()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        var service = await Service.StartAsync(backend, bus => bus.AddConsumer<PatientConsumer>());
        await service.Bus.Publish(new DoWork("late"), TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync("began late");

        var stopped = service.DisposeAsync();
        service.Seen.Add("go");
        await stopped;

        // Broke: the dispatcher stopped before the consumers, so this lay in the outbox until some other process swept.
        await using var looking = await Service.BuildAsync(backend, _ => { });
        (await looking.QueryAsync(database => database.Set<OutboxMessage>().CountAsync(TestContext.Current.CancellationToken))).ShouldBe(0);
        (await looking.EffectsAsync()).ShouldBe(["late"]);
    }
}
