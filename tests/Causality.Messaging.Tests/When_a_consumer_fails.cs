using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using MassTransit;

namespace Causality.Messaging.Tests;

public sealed class When_a_consumer_fails
{
    public static TheoryData<string> Backends => Backend.All;

    [Theory, MemberData(nameof(Backends))]
    public async Task Should_retry_and_publish_only_what_the_last_attempt_said(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await StartAsync(backend);

        await service.Bus.Publish(new DoHardWork("hard", Failures: 2), TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync("done hard");
        await service.Bus.Publish(new DoHardWork("easy", Failures: 0), TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync("done easy");

        service.Seen.Of("tried hard").Count.ShouldBe(3);
        service.Seen.Of("done hard").Count.ShouldBe(1);
        (await service.EffectsAsync()).ShouldBe(["hard", "easy"]);
    }

    [Theory, MemberData(nameof(Backends))]
    public async Task Should_not_retry_a_permanent_failure_and_go_on_with_the_next_message(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await StartAsync(backend);

        await service.Bus.Publish(new DoHardWork("hopeless", Failures: 100, Permanent: true), TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync("failed hopeless");
        await service.Bus.Publish(new DoHardWork("easy", Failures: 0), TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync("done easy");

        service.Seen.Of("tried hopeless").Count.ShouldBe(1);
        service.Seen.Of("done hopeless").ShouldBeEmpty();
        (await service.EffectsAsync()).ShouldBe(["easy"]);
    }

    private static Task<Service> StartAsync(Backend backend) => Service.StartAsync(backend, bus =>
    {
        bus.AddConsumer<DoHardWorkConsumer>();
        bus.AddConsumer<WorkDoneConsumer>();
        bus.AddConsumer<FaultConsumer>();
    });

    private sealed class FaultConsumer(Observations seen) : IConsumer<Fault<DoHardWork>>
    {
        public Task Consume(ConsumeContext<Fault<DoHardWork>> context)
        {
            seen.Add($"failed {context.Message.Message.Text}");
            return Task.CompletedTask;
        }
    }
}
