using Causality.Contracts;
using Causality.Messaging;
using Causality.ServiceDefaults.Steps;
using Causality.Transfer.Pulling;
using Causality.Transfer.Pushing;
using MassTransit;

namespace Causality.Transfer.Consumers;

/// <summary>Carries out a share of a sync's plan.</summary>
[LongRunning]
public sealed class TransferSegmentsConsumer(PlanPuller puller, PlanPusher pusher, ITransactionalOutbox outbox, ILogger<TransferSegmentsConsumer> logger) : IConsumer<TransferSegments>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<TransferSegments> context)
    {
        var command = context.Message;
        return SyncStep.RunAsync(
            outbox, SyncSteps.Transfer, command.SyncId, command.Attempt, logger, () => TransferAsync(command, context.CancellationToken), context.CancellationToken,
            async (database, failed) => Count(failed, await PlanProgress.CountAsync(database, command.SyncId, context.CancellationToken)));
    }

    // What was stored before a break is stored, and the sync's result says so.
    private static SyncStepFailed Count(SyncStepFailed failed, PlanProgress totals) =>
        failed with { SegmentsSynced = totals.Stored, EntriesSynced = totals.EntriesAdded, BytesReceived = totals.BytesReceived, Remaining = totals.Remaining };

    private async Task TransferAsync(TransferSegments command, CancellationToken cancellationToken)
    {
        await puller.PullAsync(command, cancellationToken);
        await pusher.PushAsync(command, cancellationToken);

        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        var totals = await PlanProgress.CountAsync(unit.Database, command.SyncId, cancellationToken);
        if (totals.Pending == 0 && await PlanProgress.FirstFailureAsync(unit.Database, command.SyncId, cancellationToken) is { } failed)
            unit.Publish(ToFailure(command, totals, failed.Reason, failed.Detail));
        else
            unit.Publish(ToAnswer(command, totals));
        await unit.CommitAsync(cancellationToken);
        logger.Transferred(command.SyncId, command.Peer.Id, totals.Stored, totals.EntriesAdded, totals.BytesReceived, totals.Pending);
    }

    private static SegmentsTransferred ToAnswer(TransferSegments command, PlanProgress totals) => new()
    {
        SyncId = command.SyncId,
        Attempt = command.Attempt,
        Share = command.Share,
        SegmentsRemaining = totals.Pending,
        SegmentsGone = totals.Superseded,
        SegmentsSynced = totals.Stored,
        EntriesSynced = totals.EntriesAdded,
        BytesReceived = totals.BytesReceived,
        Remaining = totals.Remaining,
    };

    // Bytes that were flipped on the way are right the next time; bytes that are wrong at the peer use the retries up.
    private static SyncStepFailed ToFailure(TransferSegments command, PlanProgress totals, string? reason, string? detail) => Count(new SyncStepFailed
    {
        SyncId = command.SyncId,
        Attempt = command.Attempt,
        Step = SyncSteps.Transfer,
        Reason = reason ?? SyncReasons.InternalError,
        Detail = totals.Failed == 1 ? detail ?? "" : $"{detail} ({totals.Failed} segments failed; this is the first.)",
        Retryable = PlanProgress.IsWorthRetrying(reason),
    }, totals);
}
