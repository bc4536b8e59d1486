using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Resolving;
using Causality.Contracts;
using Causality.Messaging;
using Causality.ServiceDefaults.Steps;
using Causality.Storage;
using Causality.Storage.Log.Index;
using MassTransit;

namespace Causality.ConflictResolver.Consumers;

/// <summary>Finds and decides the conflicts that a sync brought.</summary>
[LongRunning]
public sealed class ResolveConflictsConsumer(ConflictFinder finder, ITransactionalOutbox outbox, TimeProvider time, ILogger<ResolveConflictsConsumer> logger) : IConsumer<ResolveConflicts>
{
    private const int ConflictsPerCommit = 500;

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ResolveConflicts> context)
    {
        var command = context.Message;
        return SyncStep.RunAsync(outbox, SyncSteps.Resolve, command.SyncId, command.Attempt, logger, () => ResolveAsync(command, context.CancellationToken), context.CancellationToken);
    }

    private async Task ResolveAsync(ResolveConflicts command, CancellationToken cancellationToken)
    {
        await finder.RefreshAsync(cancellationToken);
        await RecordAsync(command, finder.FindAsync(command.SyncId, cancellationToken), cancellationToken);

        // A sync that stored segments and then failed never came here; what it brought is made up for now. Versions are counted, not ids: it may have
        // brought another version of an id that the ledger knows.
        if (await LedgerCountAsync(cancellationToken) < finder.VersionCount)
            await RecordAsync(command, finder.FindAllAsync(cancellationToken), cancellationToken);

        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        var conflicts = await ConflictLedger.CountAsync(unit.Database, command.SyncId, cancellationToken);
        unit.Publish(new ConflictsResolved { SyncId = command.SyncId, Attempt = command.Attempt, Conflicts = conflicts });
        await unit.CommitAsync(cancellationToken);
        logger.Resolved(command.SyncId, command.PeerId, conflicts);
    }

    private async Task RecordAsync(ResolveConflicts command, IAsyncEnumerable<EntryConflict> conflicts, CancellationToken cancellationToken)
    {
        await foreach (var chunk in conflicts.Chunk(ConflictsPerCommit).WithCancellation(cancellationToken))
        {
            await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
            await ConflictLedger.RecordAsync(unit.Database, chunk, command.SyncId, command.PeerId, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
            unit.Publish(SyncStep.Progress(SyncSteps.Resolve, command.SyncId, command.Attempt));
            Failpoint.Reach(Failpoints.LedgerBeforeCommit);
            await unit.CommitAsync(cancellationToken);
            Failpoint.Reach(Failpoints.LedgerAfterCommit);
        }
    }

    private async Task<long> LedgerCountAsync(CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        return await ConflictLedger.CountAllAsync(unit.Database, cancellationToken);
    }
}
