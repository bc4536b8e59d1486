using Causality.Contracts;
using Causality.Differ.Comparing;
using Causality.Messaging;
using Causality.ServiceDefaults.Steps;
using Causality.Storage.Database;
using MassTransit;

namespace Causality.Differ.Consumers;

/// <summary>Finds out what a sync would do, for whoever asks before or after one.</summary>
[LongRunning]
public sealed class PlanSyncConsumer(DryRun dryRun, ITransactionalOutbox outbox, TimeProvider time, ILogger<PlanSyncConsumer> logger) : IConsumer<PlanSync>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<PlanSync> context)
    {
        var command = context.Message;
        var patience = command.Deadline - time.GetUtcNow();
        if (patience <= TimeSpan.Zero)
            return; // Nobody waits any more.

        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.CancellationToken);
        await AnswerAsync(await FindAsync(command, either.Token, limit.Token, context.CancellationToken), context.CancellationToken);
    }

    private async Task<(SyncPlanned Answer, IReadOnlyList<EntryName> Entries)> FindAsync(PlanSync command, CancellationToken either, CancellationToken limit, CancellationToken stopping)
    {
        try
        {
            var (figures, entries) = await dryRun.RunAsync(command, either);
            logger.Planned(command.PlanId, command.Peer.Id, figures.InSync, figures.Incoming.Segments, figures.Outgoing.Segments);
            return (new SyncPlanned { PlanId = command.PlanId, Figures = figures }, entries);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return (new SyncPlanned { PlanId = command.PlanId, Reason = SyncReasons.Timeout, Detail = "The comparison took longer than Sync:PlanTimeout; raise it, or let a sync find out." }, []);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested && StepFailure.Of(exception) is { } failure)
        {
            return (new SyncPlanned { PlanId = command.PlanId, Reason = failure.Reason, Detail = exception.Message }, []);
        }
    }

    private async Task AnswerAsync((SyncPlanned Planned, IReadOnlyList<EntryName> Entries) found, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken, found.Planned.PlanId);
        unit.Publish(found.Planned);
        if (found.Entries.Count > 0)
            unit.Publish(new CountConflicts { PlanId = found.Planned.PlanId, Entries = found.Entries });
        await unit.CommitAsync(cancellationToken);
    }
}
