using Causality.Contracts;
using Causality.Core;
using Causality.Differ.Comparing;
using Causality.Messaging;
using Causality.Protocol;
using Causality.ServiceDefaults.Steps;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using MassTransit;

namespace Causality.Differ.Consumers;

/// <summary>Compares our log with a peer's and writes the plan of the sync.</summary>
[LongRunning]
public sealed class CompareSegmentsConsumer(
    ISyncProtocol protocol, ISyncableStorage storage, ISegmentComparer comparer, SyncPlanner planner, ITransactionalOutbox outbox, ILogger<CompareSegmentsConsumer> logger)
    : IConsumer<CompareSegments>
{
    private const int PlanChunk = 1_000;

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<CompareSegments> context)
    {
        var command = context.Message;
        return SyncStep.RunAsync(outbox, SyncSteps.Compare, command.SyncId, command.Attempt, logger, () => CompareAsync(command, context.CancellationToken), context.CancellationToken);
    }

    private async Task CompareAsync(CompareSegments command, CancellationToken cancellationToken)
    {
        var remote = await protocol.GetInfoAsync(command.Peer, cancellationToken);
        var local = await storage.GetHeadAsync(cancellationToken);
        var localRoot = local.Fingerprint.ToRoot();
        var inSync = localRoot == remote.Root;

        if (!inSync)
            await PlanAsync(command, cancellationToken);

        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        if (inSync)
            await SyncPlanner.ResetAsync(unit.Database, command.SyncId, command.Attempt, cancellationToken);
        var totals = await SyncPlanner.CountAsync(unit.Database, command.SyncId, cancellationToken);
        if (totals.Segments == 0 && await SyncPlanner.FirstFailureAsync(unit.Database, command.SyncId, cancellationToken) is { } failed)
        {
            // Nothing that we could fetch, but not nothing to do: a sync that is skipped here would claim that the peer has nothing that we lack.
            unit.Publish(ToFailure(command, failed));
            await unit.CommitAsync(cancellationToken);
            return;
        }

        var stored = await SyncPlanner.CountStoredAsync(unit.Database, command.SyncId, cancellationToken);
        unit.Publish(new SegmentsCompared
        {
            SyncId = command.SyncId,
            Attempt = command.Attempt,
            InSync = inSync,
            LocalRoot = localRoot,
            RemoteRoot = remote.Root,
            SegmentsPlanned = totals.Segments,
            EntriesPlanned = totals.Entries,
            BytesPlanned = totals.Bytes,
            SegmentsSynced = stored.Segments,
            EntriesSynced = stored.Entries,
            BytesReceived = stored.Bytes,
        });
        await unit.CommitAsync(cancellationToken);
        logger.Compared(command.SyncId, command.Peer.Id, inSync, totals.Segments, totals.Bytes);
    }

    private static SyncStepFailed ToFailure(CompareSegments command, PlanSegmentRecord failed) => new()
    {
        SyncId = command.SyncId,
        Attempt = command.Attempt,
        Step = SyncSteps.Compare,
        Reason = failed.Reason ?? SyncReasons.InternalError,
        Detail = $"Segment {failed.SegmentId}: {failed.Detail}",
        Retryable = false,
    };

    private async Task PlanAsync(CompareSegments command, CancellationToken cancellationToken)
    {
        await planner.ResetAsync(command.SyncId, command.Attempt, cancellationToken);
        var chunk = new List<SegmentMetadata>(PlanChunk);
        await foreach (var segment in comparer.FindMissingAsync(command.Peer, () => SyncStep.ReportAsync(outbox, SyncSteps.Compare, command.SyncId, command.Attempt, cancellationToken), cancellationToken))
        {
            chunk.Add(segment);
            if (chunk.Count < PlanChunk)
                continue;
            await planner.AddAsync(command.SyncId, chunk, command.Settings, cancellationToken);
            chunk.Clear();
        }

        await planner.AddAsync(command.SyncId, chunk, command.Settings, cancellationToken);
    }
}
