using Causality.TestKit.Operators;

namespace Causality.Scheduler.Tests.Hosting;

/// <summary>One embedded scheduler for the tests of a class; each test has peers of its own.</summary>
public sealed class SharedScheduler : IAsyncLifetime
{
    private OperatorStore _store = null!;

    internal SchedulerHost Scheduler { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await OperatorStore.CreateAsync(Backend.Embedded);
        Scheduler = await SchedulerHost.StartAsync(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await Scheduler.DisposeAsync();
        await _store.DisposeAsync();
    }
}
