using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using MassTransit;

namespace Causality.Messaging.Tests;

public sealed class When_a_consumer_works_long
{
    public static TheoryData<string> Backends => Backend.All;

    [Theory, MemberData(nameof(Backends))]
    public async Task Should_hold_no_transaction_and_commit_in_units(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await Service.StartAsync(backend, bus =>
        {
            bus.AddConsumer<DoLongWorkConsumer>();
            bus.AddConsumer<WorkDoneConsumer>();
        });

        await service.Bus.Publish(new DoLongWork("long"), TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync("done long");

        service.Seen.Of("transaction").ShouldBe(["transaction False"]);
        (await service.EffectsAsync()).ShouldBe(["long"]);
    }

    [Theory, MemberData(nameof(Backends))]
    public async Task A_transactional_consumer_should_be_refused_a_second_unit(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<NestingConsumer>());

        await service.Bus.Publish(new DoLongWork("long"), TestContext.Current.CancellationToken);

        (await service.Seen.WaitAsync("refused"))[0].ShouldContain("[LongRunning]");
    }
}
