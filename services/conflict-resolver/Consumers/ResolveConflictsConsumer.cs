using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Resolving;
using Causality.Contracts;
using Causality.Messaging;
using Causality.ServiceDefaults.Steps;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Consumers;

/// <summary>Finds and decides the conflicts that a sync brought.</summary>
[LongRunning]
internal sealed class ResolveConflictsConsumer(ConflictResolution resolution, ITransactionalOutbox outbox, ILogger<ResolveConflictsConsumer> logger) : IConsumer<ResolveConflicts>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ResolveConflicts> context)
    {
        var command = context.Message;
        return SyncStep.RunAsync(outbox, SyncSteps.Resolve, command.SyncId, command.Attempt, logger, () => ResolveAsync(command, context.CancellationToken), context.CancellationToken);
    }

    private async Task ResolveAsync(ResolveConflicts command, CancellationToken cancellationToken)
    {
        // With a sign of life in each transaction, so that a large merge does not run into the sync's timeout.
        await resolution.RunAsync(unit => unit.Publish(SyncStep.Progress(SyncSteps.Resolve, command.SyncId, command.Attempt)), cancellationToken);

        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        var conflicts = await unit.Database.Set<VersionRecord>().Where(version => version.SyncId == command.SyncId && version.Round > 0)
            .Select(version => new { version.Kind, version.Subject }).Distinct().LongCountAsync(cancellationToken);
        unit.Publish(new ConflictsResolved { SyncId = command.SyncId, Attempt = command.Attempt, Conflicts = conflicts });
        await unit.CommitAsync(cancellationToken);
        logger.Resolved(command.SyncId, command.PeerId, conflicts);
    }
}
