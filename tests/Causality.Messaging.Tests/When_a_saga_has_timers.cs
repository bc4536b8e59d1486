using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using Causality.Storage.Database.Records;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Causality.Messaging.Tests;

public sealed class When_a_saga_has_timers
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(500);

    public static TheoryData<string> Backends => Backend.All;

    [Theory, MemberData(nameof(Backends))]
    public async Task A_timer_should_ring_on_time_and_a_cancelled_one_never(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await StartAsync(backend);
        var (cancelled, rung) = (NewId.NextGuid(), NewId.NextGuid());
        var due = DateTime.UtcNow.AddSeconds(1.5);
        await service.Bus.Publish(new Arm(cancelled, due), TestContext.Current.CancellationToken);
        await service.Bus.Publish(new Arm(rung, due), TestContext.Current.CancellationToken);
        await TimersBecomeAsync(service, 2);

        await service.Bus.Publish(new Disarm(cancelled), TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync($"disarmed {cancelled}");
        await service.Seen.WaitAsync($"rang {rung}");

        (service.Seen.TimeOf($"rang {rung}") - due).ShouldBeInRange(TimeSpan.Zero, Tolerance);
        await TimersBecomeAsync(service, 0);
        service.Seen.Of($"rang {cancelled}").ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Backends))]
    public async Task A_timer_should_outlive_the_process_that_set_it(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        var counter = NewId.NextGuid();
        await using (var first = await StartAsync(backend))
        {
            await first.Bus.Publish(new Arm(counter, DateTime.UtcNow.AddSeconds(2)), TestContext.Current.CancellationToken);
            await TimersBecomeAsync(first, 1);
        }

        await using var second = await StartAsync(backend);

        await second.Seen.WaitAsync($"rang {counter}");
    }

    [Theory, MemberData(nameof(Backends))]
    public async Task Two_replicas_should_ring_once(string kind)
    {
        Assert.SkipWhen(kind == Backend.Embedded, "The embedded form has no replicas.");
        await using var backend = await Backend.CreateAsync(kind);
        await using var one = await StartAsync(backend);
        await using var other = await StartAsync(backend);
        var counters = Enumerable.Range(0, 20).Select(_ => NewId.NextGuid()).ToList();

        foreach (var counter in counters)
            await one.Bus.Publish(new Arm(counter, DateTime.UtcNow.AddSeconds(0.5)), TestContext.Current.CancellationToken);
        await Eventually.BecomesAsync(() => Task.FromResult(one.Seen.Of("rang").Count + other.Seen.Of("rang").Count), count => count >= counters.Count, "all rang");
        await TimersBecomeAsync(one, 0);

        one.Seen.Of("rang").Concat(other.Seen.Of("rang")).Order().ShouldBe(counters.Select(counter => $"rang {counter}").Order());
    }

    private static Task<int> TimersBecomeAsync(Service service, int count) => Eventually.BecomesAsync(
        () => service.QueryAsync(database => database.Set<OutboxMessage>().CountAsync(row => row.ScheduleToken != null)), found => found == count, $"{count} timers stand");

    private static Task<Service> StartAsync(Backend backend) => Service.StartAsync(backend, bus => bus.AddCausalitySaga<CounterStateMachine, CounterState>());
}
