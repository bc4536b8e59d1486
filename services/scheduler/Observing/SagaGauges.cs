using System.Diagnostics.Metrics;
using Causality.Scheduler.Options;
using Causality.Scheduler.Peers;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using Causality.Storage.Observing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Observing;

/// <summary>How long the running syncs have stood still. Replicas read the same rows and say the same.</summary>
/// <remarks>Age is time without progress, not time since the beginning: a transfer of hours that moves on is well. A sync that waits on purpose ages from the end of its wait.</remarks>
internal sealed class SagaGauges : IGaugeSource
{
    private static readonly string[] States =
    [
        nameof(SyncStateMachine.Requested), nameof(SyncStateMachine.Comparing), nameof(SyncStateMachine.Transferring), nameof(SyncStateMachine.Resolving),
        nameof(SyncStateMachine.WaitingToRetry), nameof(SyncStateMachine.Paused),
    ];

    private readonly IDbContextFactory<CausalityDbContext> _contexts;
    private readonly IOptions<SyncOptions> _options;
    private readonly TimeProvider _time;
    private readonly SampledGauge _age;
    private readonly SampledGauge _running;
    private readonly SampledGauge _timeout;

    public SagaGauges(IDbContextFactory<CausalityDbContext> contexts, IOptions<SyncOptions> options, IMeterFactory meters, TimeProvider time)
    {
        (_contexts, _options, _time) = (contexts, options, time);
        var meter = meters.Create(MeterNames.Causality);
        _age = new SampledGauge(meter, time, "causality_saga_age_seconds", "s", "Longest time that a sync in this state has not moved, or has stood past the end of its wait; 0 for none.");
        _running = new SampledGauge(meter, time, "causality_sync_running", "{sync}", "Syncs that have begun and not ended, by state.");
        _timeout = new SampledGauge(meter, time, "causality_sync_timeout_seconds", "s", "Longest time without progress that is allowed: the largest of the settings and the running syncs.");
    }

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var database = await _contexts.CreateDbContextAsync(cancellationToken);
        var active = await database.Set<SyncState>().AsNoTracking().Where(sync => sync.Active).OrderBy(sync => sync.StartedAt).Take(PeerCatalog.MaxPeers).ToListAsync(cancellationToken);
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _age.Set(States.Select(state => In(state, active.Where(sync => sync.CurrentState == state).Select(sync => AgeMs(sync, now)).DefaultIfEmpty(0).Max() / 1000.0)));
        _running.Set(States.Select(state => In(state, active.Count(sync => sync.CurrentState == state))));
        _timeout.Set(Math.Max(_options.Value.SyncTimeout.TotalSeconds, active.Select(sync => sync.SettingsOf().SyncTimeoutMs / 1000.0).DefaultIfEmpty(0).Max()));
    }

    private static long AgeMs(SyncState sync, long now) =>
        Math.Max(0, now - (sync.CurrentState is nameof(SyncStateMachine.WaitingToRetry) or nameof(SyncStateMachine.Paused) ? sync.DeadlineAt ?? now : sync.LastProgressAt));

    private static Measurement<double> In(string state, double value) => new(value, new KeyValuePair<string, object?>("state", state));
}
