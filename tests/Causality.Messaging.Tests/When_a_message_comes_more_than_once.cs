using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using MassTransit;

namespace Causality.Messaging.Tests;

public sealed class When_a_message_comes_more_than_once
{
    public static TheoryData<string> Backends => Backend.All;

    [Theory, MemberData(nameof(Backends))]
    public async Task Should_have_one_effect_and_publish_once(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await Service.StartAsync(backend, bus =>
        {
            bus.AddConsumer<DoWorkConsumer>();
            bus.AddConsumer<WorkDoneConsumer>();
        });
        var ids = Enumerable.Range(0, 20).Select(_ => NewId.NextGuid()).ToList();

        foreach (var id in ids.Concat(ids).Concat(ids))
            await service.Bus.Publish(new DoWork(id.ToString()), context => context.MessageId = id, TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync("done", ids.Count);
        await service.Bus.Publish(new DoWork("last"), TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync("done last");

        (await service.EffectsAsync()).Count(text => text != "last").ShouldBe(ids.Count);
        service.Seen.Of("done").Distinct().Count().ShouldBe(service.Seen.Of("done").Count);
    }

    [Theory, MemberData(nameof(Backends))]
    public async Task Two_messages_with_equal_bodies_have_two_effects(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await Service.StartAsync(backend, bus =>
        {
            bus.AddConsumer<DoWorkConsumer>();
            bus.AddConsumer<WorkDoneConsumer>();
        });

        await service.Bus.Publish(new DoWork("same"), TestContext.Current.CancellationToken);
        await service.Bus.Publish(new DoWork("same"), TestContext.Current.CancellationToken);

        await service.Seen.WaitAsync("done same", 2);
        (await service.EffectsAsync()).ShouldBe(["same", "same"]);
    }
}
