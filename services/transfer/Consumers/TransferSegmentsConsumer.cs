using Causality.Contracts;
using Causality.Messaging;
using Causality.ServiceDefaults.Steps;
using Causality.Transfer.Pulling;
using MassTransit;

namespace Causality.Transfer.Consumers;

/// <summary>Carries out a share of a sync's plan.</summary>
[LongRunning]
public sealed class TransferSegmentsConsumer(PlanShare share, ITransactionalOutbox outbox, ILogger<TransferSegmentsConsumer> logger) : IConsumer<TransferSegments>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<TransferSegments> context)
    {
        var (command, isTakenOver) = (context.Message, context.ReceiveContext.Redelivered);
        return SyncStep.RunAsync(
            outbox, SyncSteps.Transfer, command.SyncId, command.Attempt, logger, () => share.RunAsync(command, isTakenOver, context.CancellationToken), context.CancellationToken,
            async (database, failed) => PlanShare.Count(failed, await PlanProgress.CountAsync(database, command.SyncId, context.CancellationToken)));
    }
}
