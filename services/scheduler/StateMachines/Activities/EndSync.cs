using Causality.Contracts;
using Causality.Messaging.Transactions;
using Causality.Scheduler.Data;
using Causality.Scheduler.Events;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using MassTransit;

namespace Causality.Scheduler.StateMachines.Activities;

/// <summary>Ends a sync once: its one terminal event, the peer's figures, and the follow-up that was waiting, all in the saga's transaction.</summary>
public sealed class EndSync(CausalityDbContext database, PublicEvents events, SyncAdmission admission, SchedulerMetrics metrics, IAfterCommit afterCommit, TimeProvider time) : SyncActivity
{
    /// <inheritdoc/>
    public override void Probe(ProbeContext context) => context.CreateScope("end-sync");

    /// <inheritdoc/>
    protected override async Task RunAsync(BehaviorContext<SyncState> context)
    {
        var sync = context.Saga;
        var now = time.GetUtcNow();
        sync.Active = false;
        sync.DeadlineAt = null;
        sync.NextAttemptAt = null;
        sync.EndedAt = now.ToUnixTimeMilliseconds();
        var result = sync.ToResult();
        if (result.Status is SyncStatus.Completed or SyncStatus.Skipped)
            (sync.Reason, sync.Error) = (null, null);
        // A sync that had nothing to do has no plan to look into.
        if (result.Status != SyncStatus.Skipped || sync.LeftOut is not null)
            sync.SetLeftOut(await LeftOutRows.ReadAsync(database, sync, context.CancellationToken));

        await PublishEndAsync(context, sync, sync.ToResult(), now);
        await PeerFigures.NoteEndAsync(database, sync, context.CancellationToken);
        afterCommit.Do(() => metrics.Ended(sync));
        await BeginFollowUpAsync(context, sync);
    }

    private Task PublishEndAsync(BehaviorContext<SyncState> context, SyncState sync, SyncResult result, DateTimeOffset now) => result.Status switch
    {
        SyncStatus.Completed => events.PublishAsync(context, sync.CorrelationId, sync.PeerId, new SyncCompleted { SyncId = sync.CorrelationId, PeerId = sync.PeerId, At = now, Result = result }),
        SyncStatus.Skipped => events.PublishAsync(context, sync.CorrelationId, sync.PeerId, new SyncSkipped { SyncId = sync.CorrelationId, PeerId = sync.PeerId, At = now, Result = result }),
        SyncStatus.Cancelled => events.PublishAsync(context, sync.CorrelationId, sync.PeerId, new SyncCancelled { SyncId = sync.CorrelationId, PeerId = sync.PeerId, At = now, Result = result, Detail = sync.Error }),
        SyncStatus.Failed => events.PublishAsync(context, sync.CorrelationId, sync.PeerId, new SyncFailed
        {
            SyncId = sync.CorrelationId,
            PeerId = sync.PeerId,
            At = now,
            Result = result,
            Reason = sync.Reason ?? SyncReasons.InternalError,
            Detail = sync.Error ?? "No detail was recorded.",
        }),
        _ => throw new InvalidOperationException($"Sync {sync.CorrelationId} was to end in state {sync.CurrentState}, which is no end."),
    };

    // The peer's row has been written before this, which locks it: no request can slip in between the look and the commit and wait for nobody.
    private async Task BeginFollowUpAsync(BehaviorContext<SyncState> context, SyncState sync)
    {
        if (await database.FindAsync<PendingSync>([sync.PeerId], context.CancellationToken) is not { } pending)
            return;

        // The end must be in the database before the next sync of the same peer is: at most one of them may be active.
        database.Remove(pending);
        await database.SaveChangesAsync(context.CancellationToken);
        var request = new SyncRequested
        {
            SyncId = pending.SyncId,
            PeerId = pending.PeerId,
            RequestedBy = pending.RequestedBy,
            Overrides = pending.Overrides is null ? null : SyncJson.Read<SyncOverrides>(pending.Overrides),
        };
        await admission.AdmitAsync(database, new ConsumePublisher(context), request, pending.SyncId, context.CancellationToken, pending.TraceParent);
    }

    private sealed class ConsumePublisher(IPublishEndpoint endpoint) : ITransactionalPublisher
    {
        public Task PublishAsync<T>(T message) where T : class => endpoint.Publish(message);
    }
}
