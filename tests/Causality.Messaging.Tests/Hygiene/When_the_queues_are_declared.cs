using System.Text.Json;
using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using MassTransit;

namespace Causality.Messaging.Tests.Hygiene;

public sealed class When_the_queues_are_declared
{
    [Fact]
    public async Task Should_be_quorum_queues_that_pass_on_what_they_give_up()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var service = await StartAsync(backend);
        await using var raw = new RawClient(backend);

        var arguments = Arguments((await raw.QueuesAsync())["do-work"]);

        arguments["x-queue-type"].ShouldBe("quorum");
        arguments["x-delivery-limit"].ShouldBe("7");
        arguments["x-dead-letter-exchange"].ShouldBe("do-work_error");
        arguments["x-dead-letter-strategy"].ShouldBe("at-least-once");
    }

    [Fact]
    public async Task The_error_queue_should_be_there_from_the_start_and_pass_nothing_on()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var service = await StartAsync(backend);
        await using var raw = new RawClient(backend);

        var arguments = Arguments((await raw.QueuesAsync())["do-work_error"]);

        arguments.Keys.Order().ShouldBe(["x-delivery-limit", "x-queue-type"]);
        arguments["x-queue-type"].ShouldBe("quorum");
        int.Parse(arguments["x-delivery-limit"]).ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public async Task A_second_start_should_find_them_as_it_wants_them()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using (await StartAsync(backend))
        {
            // Declares its queues and leaves.
        }

        await using var service = await StartAsync(backend);
        await service.Bus.Publish(new DoWork("done"), TestContext.Current.CancellationToken);

        await service.Seen.WaitAsync("done done");
    }

    private static Task<Service> StartAsync(Backend backend) => Service.StartAsync(backend, bus =>
    {
        bus.AddConsumer<DoWorkConsumer>();
        bus.AddConsumer<WorkDoneConsumer>();
    }, options => options.DeliveryLimit = 7);

    private static Dictionary<string, string> Arguments(JsonElement queue) =>
        queue.GetProperty("arguments").EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value.ToString());
}
