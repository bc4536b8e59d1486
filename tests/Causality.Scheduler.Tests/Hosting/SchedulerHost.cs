using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Data;
using Causality.Scheduler.Extensions;
using Causality.Scheduler.Peers;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage;
using Causality.Storage.Database.Records;
using Causality.TestKit.Operators;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Scheduler.Tests.Hosting;

/// <summary>A scheduler as its process composes it. The steps are on record and answer nothing: the tests play differ, transfer and conflict-resolver.</summary>
internal sealed class SchedulerHost(OperatorHost host, ManualClock clock) : IAsyncDisposable
{
    private static int s_peers;

    public OperatorHost Host => host;

    public ManualClock Clock => clock;

    public BusRecorder Bus => host.Bus;

    public SyncManager Manager => host.Services.GetRequiredService<SyncManager>();

    public PeerCatalog Peers => host.Services.GetRequiredService<PeerCatalog>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SchedulerHost> StartAsync(
        OperatorStore store, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? services = null, Action<IBusRegistrationConfigurator>? consumers = null)
    {
        var clock = new ManualClock();
        var all = new Dictionary<string, string?> { ["Sync:Scheduled"] = "false", ["Bus:RetryLimit"] = "2" };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            all[name] = value;
        var host = await OperatorHost.StartAsync(
            store, ServiceNames.Scheduler,
            builder =>
            {
                builder.Services.AddScheduler(builder.Configuration);
                services?.Invoke(builder);
            },
            bus =>
            {
                bus.AddSchedulerConsumers();
                (consumers ?? RecordSteps)(bus);
                bus.Record<SyncAccepted>().Record<SyncRejected>().Record<SyncProgressed>();
                bus.Record<SyncCompleted>().Record<SyncSkipped>().Record<SyncFailed>().Record<SyncCancelled>();
            },
            routes => routes.MapScheduler(), clock, all);
        return new SchedulerHost(host, clock);
    }

    public async Task<string> AddPeerAsync(SyncOverrides? overrides = null, string? id = null)
    {
        id ??= $"peer-{Interlocked.Increment(ref s_peers)}";
        await Peers.AddAsync(new PeerRequest { Id = id, Address = $"https://{id}.example:7443", Pins = [FakePeer.Pin], Overrides = overrides }, Cancelled);
        return id;
    }

    public Task<IReadOnlyList<AdmittedSync>> RequestAsync(SyncRequested request) => host.Services.GetRequiredService<SyncRequests>().RequestAsync(request, Cancelled);

    public Task CancelAsync(Guid syncId) => host.Services.GetRequiredService<SyncRequests>().CancelAsync(syncId, "the test wants so", Cancelled);

    /// <summary>Requests a sync with a new peer and waits for its first command.</summary>
    public async Task<CompareSegments> BeginAsync(SyncOverrides? overrides = null, string? peer = null)
    {
        peer ??= await AddPeerAsync();
        var admitted = (await RequestAsync(new SyncRequested { PeerId = peer, Overrides = overrides })).ShouldHaveSingleItem();
        admitted.Outcome.ShouldBe(AdmissionOutcome.Begun);
        return await CompareAsync(admitted.SyncId, attempt: 1);
    }

    public async Task<CompareSegments> CompareAsync(Guid syncId, int attempt) =>
        (await Bus.WaitAsync<CompareSegments>(command => command.SyncId == syncId && command.Attempt == attempt, 1, Cancelled))[0];

    public async Task<TransferSegments> TransferAsync(Guid syncId, int attempt = 1, int share = 1) =>
        (await Bus.WaitAsync<TransferSegments>(command => command.SyncId == syncId && command.Attempt == attempt && command.Share == share, 1, Cancelled))[0];

    public async Task<ResolveConflicts> ResolveAsync(Guid syncId, int attempt = 1) =>
        (await Bus.WaitAsync<ResolveConflicts>(command => command.SyncId == syncId && command.Attempt == attempt, 1, Cancelled))[0];

    public Task<SyncState> SyncAsync(Guid syncId) => host.QueryAsync(database => database.Set<SyncState>().AsNoTracking().SingleAsync(sync => sync.CorrelationId == syncId, Cancelled));

    public Task<SyncState> ReachesAsync(Guid syncId, string state) => ReachesAsync(syncId, sync => sync.CurrentState == state, $"sync in state {state}");

    public Task<SyncState> ReachesAsync(Guid syncId, Func<SyncState, bool> wanted, string what) => Eventually.BecomesAsync(() => SyncAsync(syncId), wanted, what, Cancelled);

    public Task<PeerRecord> PeerAsync(string id) => host.QueryAsync(database => database.Set<PeerRecord>().AsNoTracking().SingleAsync(peer => peer.Id == id, Cancelled));

    public Task<List<SyncState>> SyncsAsync(string peer) =>
        host.QueryAsync(database => database.Set<SyncState>().AsNoTracking().Where(sync => sync.PeerId == peer).OrderBy(sync => sync.StartedAt).ToListAsync(Cancelled));

    public Task<PendingSync?> PendingAsync(string peer) =>
        host.QueryAsync(database => database.Set<PendingSync>().AsNoTracking().SingleOrDefaultAsync(pending => pending.PeerId == peer, Cancelled));

    /// <summary>The names of the events that the bus has carried as a sync's end.</summary>
    public IReadOnlyList<string> Ends(Guid syncId) =>
    [
        .. Bus.Of<SyncCompleted>(end => end.SyncId == syncId).Select(end => end.GetType().Name),
        .. Bus.Of<SyncSkipped>(end => end.SyncId == syncId).Select(end => end.GetType().Name),
        .. Bus.Of<SyncFailed>(end => end.SyncId == syncId).Select(end => end.GetType().Name),
        .. Bus.Of<SyncCancelled>(end => end.SyncId == syncId).Select(end => end.GetType().Name),
    ];

    /// <summary>Waits for a sync's end on the bus, and requires it to be this one and the only one.</summary>
    /// <remarks>The row has its state before the event is on the bus: publishing comes after the commit.</remarks>
    public async Task EndsAsync(Guid syncId, string wanted) =>
        (await Eventually.BecomesAsync(() => Task.FromResult(Ends(syncId)), ends => ends.Count > 0, $"the end of sync {syncId}", Cancelled)).ShouldBe([wanted]);

    /// <summary>Waits until everything that was published before is consumed: messages of one saga keep their order through its row.</summary>
    public async Task SettleAsync()
    {
        var probe = await BeginAsync();
        await host.PublishAsync(probe.Compared(inSync: true));
        await Bus.WaitAsync<SyncSkipped>(end => end.SyncId == probe.SyncId, 1, Cancelled);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static void RecordSteps(IBusRegistrationConfigurator bus) => bus.Record<CompareSegments>().Record<TransferSegments>().Record<ResolveConflicts>().Record<StopSyncWork>();
}
