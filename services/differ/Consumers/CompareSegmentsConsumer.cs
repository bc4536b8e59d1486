using Causality.Contracts;
using Causality.Core;
using Causality.Differ.Comparing;
using Causality.Messaging;
using Causality.Protocol;
using Causality.ServiceDefaults.Steps;
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

        await planner.ResetAsync(command.SyncId, command.Attempt, cancellationToken);
        if (!inSync)
            await PlanAsync(command, cancellationToken);

        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        var totals = await SyncPlanner.CountAsync(unit.Database, command.SyncId, cancellationToken);
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

    private async Task PlanAsync(CompareSegments command, CancellationToken cancellationToken)
    {
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
