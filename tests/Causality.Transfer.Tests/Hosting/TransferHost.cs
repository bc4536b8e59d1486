using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage;
using Causality.Storage.Database.Records;
using Causality.TestKit.Operators;
using Causality.Transfer.Extensions;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Transfer.Tests.Hosting;

/// <summary>Transfer as its process composes it, beside a peer that is a fake.</summary>
public sealed class TransferHost : IAsyncDisposable
{
    private readonly OperatorStore _store;
    private readonly TimeProvider? _time;

    private TransferHost(OperatorStore store, TimeProvider? time) => (_store, _time) = (store, time);

    public FakePeer Peer { get; } = new();

    public OperatorHost Host { get; private set; } = null!;

    public string Folder => _store.Folder;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<TransferHost> StartAsync(Backend backend = Backend.Embedded, TimeProvider? time = null)
    {
        var transfer = new TransferHost(await OperatorStore.CreateAsync(backend), time);
        await transfer.OpenAsync();
        return transfer;
    }

    /// <summary>Stops the process as an orchestrator would, and starts another one in the same rooms.</summary>
    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        await OpenAsync();
    }

    public TransferSegments Command(Guid syncId, SyncSettings? settings = null, int attempt = 1) =>
        new() { SyncId = syncId, Attempt = attempt, Share = 1, Peer = Peer.Endpoint, Settings = settings ?? new SyncSettings() };

    /// <summary>Gives segments to the peer and plans them.</summary>
    public async Task<Guid> PlanAsync(params IEnumerable<LogSegment> segments)
    {
        var syncId = Guid.NewGuid();
        foreach (var segment in segments)
            await Peer.Log.ImportSegmentAsync(segment, Cancelled);
        await Host.AddToPlanAsync(syncId, PlanSegmentState.Pending, segments.Select(segment => segment.Metadata));
        return syncId;
    }

    public async Task<SegmentsTransferred> TransferAsync(TransferSegments command)
    {
        await Host.PublishAsync(command);
        return (await Host.Bus.WaitAsync<SegmentsTransferred>(answer => answer.SyncId == command.SyncId && answer.Attempt == command.Attempt, 1, Cancelled))[0];
    }

    public async Task<SyncStepFailed> FailAsync(TransferSegments command)
    {
        await Host.PublishAsync(command);
        return (await Host.Bus.WaitAsync<SyncStepFailed>(answer => answer.SyncId == command.SyncId && answer.Attempt == command.Attempt, 1, Cancelled))[0];
    }

    public async Task<IReadOnlyDictionary<string, PlanSegmentRecord>> RowsAsync(Guid syncId) => (await Host.PlanAsync(syncId)).ToDictionary(row => row.SegmentId, StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task OpenAsync() => Host = await OperatorHost.StartAsync(
        _store, ServiceNames.Transfer,
        builder =>
        {
            builder.Services.AddSingleton<ISyncProtocol>(Peer);
            builder.Services.AddTransfer();
        },
        bus =>
        {
            bus.AddTransferConsumers();
            bus.Record<SegmentsTransferred>().Record<SyncStepFailed>().Record<SyncStepProgressed>();
        },
        time: _time);
}
