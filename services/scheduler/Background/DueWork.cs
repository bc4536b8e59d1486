using Causality.Contracts;
using Causality.Messaging;
using Causality.Scheduler.Data;
using Causality.Scheduler.Events;
using Causality.Scheduler.Options;
using Causality.Scheduler.Peers;
using Causality.Scheduler.Plans;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database.Records;
using Causality.Storage.Observing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Background;

/// <summary>The passes of the scheduler's loop; each is one transaction over at most <see cref="RowsPerPass"/> rows and says how many it took.</summary>
internal sealed class DueWork(ITransactionalOutbox outbox, IServiceScopeFactory scopes, IOptions<SyncOptions> options, TimeProvider time)
{
    public const int RowsPerPass = 100;
    private static readonly TimeSpan RepeatDeadlineAfter = TimeSpan.FromSeconds(10);

    /// <summary>Tells the sagas whose deadline has passed; again after a while if nothing has come of it.</summary>
    public async Task<int> PassDeadlinesAsync(CancellationToken cancellationToken)
    {
        // A notice older than the deadline was about an earlier one.
        var now = Now();
        var repeatBefore = now - (long)RepeatDeadlineAfter.TotalMilliseconds;
        await using var unit = await outbox.BeginAsync(cancellationToken);
        var due = await unit.Database.TakeDueAsync<SyncState>(
            "active AND deadline_at <= {0} AND (deadline_notified_at IS NULL OR deadline_notified_at < deadline_at OR deadline_notified_at <= {1})", "deadline_at", RowsPerPass, [now, repeatBefore], cancellationToken);
        var ids = due.ConvertAll(sync => sync.CorrelationId);
        if (ids.Count == 0)
            return 0;

        // Not through the change tracker: the saga's version is the saga's to raise.
        await unit.Database.Set<SyncState>().Where(sync => ids.Contains(sync.CorrelationId))
            .ExecuteUpdateAsync(sync => sync.SetProperty(s => s.DeadlineNotifiedAt, now), cancellationToken);
        foreach (var sync in due)
        {
            using var span = Tracing.Continue("sync deadline", sync.TraceParent);
            unit.Publish(new SyncDeadlinePassed { SyncId = sync.CorrelationId, DeadlineAt = sync.DeadlineAt ?? 0 });
        }

        await unit.CommitAsync(cancellationToken);
        return due.Count;
    }

    /// <summary>Begins a sync with every peer whose time has come and that has none running.</summary>
    public async Task<int> BeginDueSyncsAsync(CancellationToken cancellationToken)
    {
        var now = Now();
        await using var unit = await outbox.BeginAsync(cancellationToken);
        if (!await SchedulerSwitch.IsRunningAsync(unit.Database, cancellationToken))
            return 0;
        var due = await unit.Database.TakeDueAsync<PeerRecord>("enabled AND next_sync_at <= {0}", "next_sync_at", RowsPerPass, [now], cancellationToken);
        if (due.Count == 0)
            return 0;

        await using var scope = scopes.CreateAsyncScope();
        var admission = scope.ServiceProvider.GetRequiredService<SyncAdmission>();
        foreach (var peer in due)
        {
            peer.NextSyncAt = now + IntervalMs(peer);
            if (await unit.Database.Set<SyncState>().AnyAsync(sync => sync.PeerId == peer.Id && sync.Active, cancellationToken))
                continue;
            using var span = Tracing.Continue("sync schedule", null);
            await admission.AdmitAsync(unit.Database, new UnitPublisher(unit), new SyncRequested { PeerId = peer.Id, RequestedBy = "schedule" }, Guid.NewGuid(), cancellationToken, Tracing.Current);
        }

        await unit.CommitAsync(cancellationToken);
        return due.Count;
    }

    /// <summary>Sends the command of every running step again that has not moved since a moment: what the broker lost is made good from the rows.</summary>
    /// <param name="since">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RedriveAsync(long since, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        var still = await unit.Database.Set<SyncState>().Where(sync => sync.Active && sync.LastProgressAt < since && sync.CurrentState != nameof(SyncStateMachine.Paused))
            .OrderBy(sync => sync.StartedAt).Select(sync => new { sync.CorrelationId, sync.TraceParent }).Take(PeerCatalog.MaxPeers).ToListAsync(cancellationToken);
        foreach (var sync in still)
        {
            using var span = Tracing.Continue("sync redrive", sync.TraceParent);
            unit.Publish(new RedriveSync { SyncId = sync.CorrelationId });
        }

        await unit.CommitAsync(cancellationToken);
    }

    /// <summary>Forgets syncs with their plans, and events, that are older than the history is long; and the plans that somebody has asked for an hour ago.</summary>
    public async Task<int> PurgeHistoryAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-options.Value.HistoryDays).ToUnixTimeMilliseconds();
        await using var unit = await outbox.BeginAsync(cancellationToken);
        await unit.Database.Set<PublicEvent>().Where(published => published.At < before).ExecuteDeleteAsync(cancellationToken);
        await PlanDesk.ForgetAsync(unit.Database, Now() - (long)PlanDesk.KeptFor.TotalMilliseconds, cancellationToken);
        var old = await unit.Database.Set<SyncState>().Where(sync => !sync.Active && sync.EndedAt < before)
            .OrderBy(sync => sync.EndedAt).Select(sync => sync.CorrelationId).Take(RowsPerPass).ToListAsync(cancellationToken);
        await unit.Database.Set<PlanSegmentRecord>().Where(row => old.Contains(row.SyncId)).ExecuteDeleteAsync(cancellationToken);
        await unit.Database.Set<PlanFenceRecord>().Where(fence => old.Contains(fence.SyncId)).ExecuteDeleteAsync(cancellationToken);
        await unit.Database.Set<SyncState>().Where(sync => old.Contains(sync.CorrelationId)).ExecuteDeleteAsync(cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return old.Count;
    }

    private long IntervalMs(PeerRecord peer) => peer.OverridesOf()?.SyncIntervalMs ?? (long)options.Value.SyncInterval.TotalMilliseconds;

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
