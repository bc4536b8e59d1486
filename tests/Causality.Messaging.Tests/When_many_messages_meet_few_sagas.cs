using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using MassTransit;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Messaging.Tests;

public sealed class When_many_messages_meet_few_sagas
{
    private const int Messages = 200;

    public static TheoryData<string> Backends => Backend.All;

    [Theory, MemberData(nameof(Backends))]
    public async Task Should_lose_none_and_tell_in_order(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await Service.StartAsync(backend, bus =>
        {
            bus.AddCausalitySaga<CounterStateMachine, CounterState>();
            // One at a time, so that the order of arrival can be seen.
            bus.AddConsumer<IncrementedConsumer>().Endpoint(endpoint => (endpoint.PrefetchCount, endpoint.ConcurrentMessageLimit) = (1, 1));
        });
        var counters = Enumerable.Range(0, 5).Select(_ => NewId.NextGuid()).ToList();

        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => service.Bus.Publish(new Increment(counters[i % counters.Count]), TestContext.Current.CancellationToken)));
        await service.Seen.WaitAsync("counted", Messages);

        var states = await service.QueryAsync(database => database.Set<CounterState>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
        states.Select(state => state.Count).ShouldBe(counters.Select(_ => Messages / counters.Count));
        foreach (var counter in counters)
            service.Seen.Of($"counted {counter}").ShouldBe(Enumerable.Range(1, Messages / counters.Count).Select(count => $"counted {counter} {count}"));
    }

    [Fact]
    public async Task A_saga_can_be_looked_up_and_found_by_its_state()
    {
        await using var backend = await Backend.CreateAsync(Backend.Embedded);
        await using var service = await Service.StartAsync(backend, bus =>
        {
            bus.AddCausalitySaga<CounterStateMachine, CounterState>();
            bus.AddConsumer<IncrementedConsumer>();
        });
        var counter = NewId.NextGuid();
        await service.Bus.Publish(new Increment(counter), TestContext.Current.CancellationToken);
        await service.Seen.WaitAsync("counted");

        await using var scope = service.Provider.CreateAsyncScope();
        var loaded = await scope.ServiceProvider.GetRequiredService<ILoadSagaRepository<CounterState>>().Load(counter);
        var found = await scope.ServiceProvider.GetRequiredService<IQuerySagaRepository<CounterState>>()
            .Find(new SagaQuery<CounterState>(saga => saga.CurrentState == "Counting"));
        loaded.Count.ShouldBe(1);
        found.ShouldBe([counter]);
    }
}
