using Causality.Contracts;
using Causality.Messaging;
using Causality.Storage.Database;
using Causality.Transfer.Pulling;
using Causality.Transfer.Pushing;

namespace Causality.Transfer;

/// <summary>A share of a sync's plan, from the command to its answer.</summary>
public sealed class PlanShare(PlanPuller puller, PlanPusher pusher, StagedPull staged, ITransactionalOutbox outbox, IServiceScopeFactory scopes, ILogger<PlanShare> logger)
{
    /// <summary>Pulls, pushes, and answers.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isTakenOver">True when somebody has had it before and did not live to answer.</param>
    /// <param name="cancellationToken">The process is stopping.</param>
    /// <remarks>
    /// Who had it before and got somewhere has done a share: the next one is a message of its own. So the broker's limit on deliveries, which is for messages that kill their
    /// consumers, counts the deaths without progress only.
    /// </remarks>
    public async Task RunAsync(TransferSegments command, bool isTakenOver, CancellationToken cancellationToken)
    {
        if (!isTakenOver || !await HasMovedOnAsync(command, cancellationToken))
        {
            await puller.PullAsync(command, cancellationToken);
            await pusher.PushAsync(command, cancellationToken);
        }

        await AnswerAsync(command, cancellationToken);
    }

    /// <summary>What was stored before a break is stored, and the sync's result says so.</summary>
    internal static SyncStepFailed Count(SyncStepFailed failed, PlanProgress totals) =>
        failed with { SegmentsSynced = totals.Stored, EntriesSynced = totals.EntriesAdded, BytesReceived = totals.BytesReceived, Remaining = totals.Remaining };

    private async Task<bool> HasMovedOnAsync(TransferSegments command, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
        await database.ThrowIfStoppedAsync(command.SyncId, command.Attempt, cancellationToken);
        await staged.StoreAsync(command, cancellationToken);
        return (await PlanProgress.CountAsync(database, command.SyncId, cancellationToken)).Stored > command.SegmentsSynced;
    }

    private async Task AnswerAsync(TransferSegments command, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        var totals = await PlanProgress.CountAsync(unit.Database, command.SyncId, cancellationToken);
        if (totals.Pending == 0 && await unit.Database.FirstFailureAsync(command.SyncId, cancellationToken) is { } failed)
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
