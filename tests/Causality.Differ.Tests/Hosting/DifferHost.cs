using Causality.Contracts;
using Causality.Differ.Extensions;
using Causality.Protocol;
using Causality.Storage;
using Causality.TestKit.Operators;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Differ.Tests.Hosting;

/// <summary>A differ as its process composes it, beside a peer that is a fake.</summary>
public sealed class DifferHost : IAsyncLifetime
{
    private OperatorStore _store = null!;

    public ManualClock Clock { get; } = new();

    public FakePeer Peer { get; } = new();

    public OperatorHost Host { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<DifferHost> StartAsync(Backend backend)
    {
        var differ = new DifferHost();
        await differ.OpenAsync(backend);
        return differ;
    }

    public async ValueTask InitializeAsync() => await OpenAsync(Backend.Embedded);

    public CompareSegments Command(Guid? syncId = null, int attempt = 1, SyncSettings? settings = null) =>
        new() { SyncId = syncId ?? Guid.NewGuid(), Attempt = attempt, Peer = Peer.Endpoint, Settings = settings ?? new SyncSettings() };

    public async Task<SegmentsCompared> CompareAsync(CompareSegments command)
    {
        var before = Host.Bus.Of<SegmentsCompared>(answer => answer.SyncId == command.SyncId).Count;
        await Host.PublishAsync(command);
        return (await Host.Bus.WaitAsync<SegmentsCompared>(answer => answer.SyncId == command.SyncId, before + 1, Cancelled))[^1];
    }

    public async Task<SyncPlanned> PlanAsync(PlanSync command)
    {
        await Host.PublishAsync(command);
        return (await Host.Bus.WaitAsync<SyncPlanned>(answer => answer.PlanId == command.PlanId, 1, Cancelled))[0];
    }

    public PlanSync Question(SyncSettings? settings = null, bool countConflicts = true) => new()
    {
        PlanId = Guid.NewGuid(),
        Peer = Peer.Endpoint,
        Settings = settings ?? new SyncSettings(),
        CountConflicts = countConflicts,
        Deadline = Clock.GetUtcNow().AddMinutes(5),
    };

    public async Task<SyncStepFailed> FailAsync(CompareSegments command)
    {
        await Host.PublishAsync(command);
        return (await Host.Bus.WaitAsync<SyncStepFailed>(answer => answer.SyncId == command.SyncId, 1, Cancelled))[0];
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task OpenAsync(Backend backend)
    {
        _store = await OperatorStore.CreateAsync(backend);
        Host = await OperatorHost.StartAsync(
            _store, ServiceNames.Differ,
            builder =>
            {
                builder.Services.AddSingleton<ISyncProtocol>(Peer);
                builder.Services.AddDiffer();
            },
            bus =>
            {
                bus.AddDifferConsumers();
                bus.Record<SegmentsCompared>().Record<SyncStepFailed>().Record<SyncStepProgressed>().Record<SyncPlanned>().Record<CountConflicts>();
            },
            time: Clock);
    }
}
