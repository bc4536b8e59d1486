using Causality.Contracts;
using Causality.Scheduler.Events;
using Causality.Scheduler.Syncs;
using MassTransit;

namespace Causality.Scheduler.StateMachines.Activities;

/// <summary>Tells subscribers how far a sync is, at most twice a second for each sync.</summary>
public sealed class PublishProgress(PublicEvents events, TimeProvider time) : SyncActivity
{
    private const long LeastGapMs = 500;

    /// <inheritdoc/>
    public override void Probe(ProbeContext context) => context.CreateScope("publish-progress");

    /// <inheritdoc/>
    protected override Task RunAsync(BehaviorContext<SyncState> context)
    {
        var sync = context.Saga;
        var now = time.GetUtcNow();
        if (now.ToUnixTimeMilliseconds() - sync.LastProgressEventAt < LeastGapMs)
            return Task.CompletedTask;

        sync.LastProgressEventAt = now.ToUnixTimeMilliseconds();
        return events.PublishAsync(context, sync.CorrelationId, sync.PeerId, new SyncProgressed
        {
            SyncId = sync.CorrelationId,
            PeerId = sync.PeerId,
            At = now,
            State = sync.CurrentState,
            SegmentsPlanned = sync.SegmentsPlanned,
            SegmentsSynced = sync.SegmentsSynced,
            EntriesSynced = sync.EntriesSynced,
            BytesPlanned = sync.BytesPlanned,
            BytesReceived = sync.BytesReceived,
            Remaining = sync.RemainingOf(),
            RemainingMs = TransferRate.RemainingMs(sync, now.ToUnixTimeMilliseconds()),
        });
    }
}
