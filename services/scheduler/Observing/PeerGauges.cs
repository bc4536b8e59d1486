using System.Diagnostics.Metrics;
using Causality.Contracts;
using Causality.Scheduler.Background;
using Causality.Scheduler.Options;
using Causality.Scheduler.Peers;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Observing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Observing;

/// <summary>How the syncs with each enabled peer stand. Replicas read the same rows and say the same.</summary>
internal sealed class PeerGauges : IGaugeSource
{
    private readonly IDbContextFactory<CausalityDbContext> _contexts;
    private readonly IOptions<SyncOptions> _options;
    private readonly SchedulerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SampledGauge _lag;
    private readonly SampledGauge _lastSuccess;
    private readonly SampledGauge _interval;
    private readonly SampledGauge _rootMatch;
    private readonly SampledGauge _circuit;

    public PeerGauges(IDbContextFactory<CausalityDbContext> contexts, IOptions<SyncOptions> options, SchedulerMetrics metrics, IMeterFactory meters, TimeProvider time)
    {
        (_contexts, _options, _metrics, _time) = (contexts, options, metrics, time);
        var meter = meters.Create(MeterNames.Causality);
        _lag = new SampledGauge(meter, time, "causality_sync_lag_seconds", "s", "Time since a sync with the peer last ended well; before the first, since the peer was added.");
        _lastSuccess = new SampledGauge(meter, time, "causality_sync_last_success_timestamp_seconds", "s", "When a sync with the peer last ended well, seconds since the Unix epoch; 0 for never.");
        _interval = new SampledGauge(meter, time, "causality_sync_interval_seconds", "s", "Time between the syncs that the schedule begins with the peer; missing while the schedule is off.");
        _rootMatch = new SampledGauge(meter, time, "causality_root_match", null, "1 if both root fingerprints were equal when last compared, else 0; missing before the first comparison.");
        _circuit = new SampledGauge(meter, time, "causality_peer_circuit_state", null, "0: the latest sync ended well or was cancelled; 1: one is under way after a failure; 2: the latest failed.");
    }

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var database = await _contexts.CreateDbContextAsync(cancellationToken);
        var peers = await database.Set<PeerRecord>().AsNoTracking().Where(peer => peer.Enabled).OrderBy(peer => peer.Id).Take(PeerCatalog.MaxPeers).ToListAsync(cancellationToken);
        var running = await database.Set<StateMachines.SyncState>().Where(sync => sync.Active).Select(sync => sync.PeerId).Take(PeerCatalog.MaxPeers).ToListAsync(cancellationToken);
        var isScheduled = _options.Value.Scheduled && await SchedulerSwitch.IsRunningAsync(database, cancellationToken);

        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        peers.ForEach(peer => _metrics.Know(peer.Id));
        Set(_lag, peers, peer => Math.Max(0, now - (peer.LastSyncAt ?? peer.AddedAt)) / 1000.0);
        Set(_lastSuccess, peers, peer => (peer.LastSyncAt ?? 0) / 1000.0);
        Set(_interval, isScheduled ? peers : [], peer => (peer.OverridesOf()?.SyncIntervalMs ?? (long)_options.Value.SyncInterval.TotalMilliseconds) / 1000.0);
        Set(_rootMatch, peers.Where(peer => peer.RootsMatch is not null), peer => peer.RootsMatch == true ? 1 : 0);
        Set(_circuit, peers, peer => peer.LastStatus != nameof(SyncStatus.Failed) ? 0 : running.Contains(peer.Id) ? 1 : 2);
    }

    private static void Set(SampledGauge gauge, IEnumerable<PeerRecord> peers, Func<PeerRecord, double> value) =>
        gauge.Set(peers.Select(peer => new Measurement<double>(value(peer), new KeyValuePair<string, object?>("peer", peer.Id))));
}
