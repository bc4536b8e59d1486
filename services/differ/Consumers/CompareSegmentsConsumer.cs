using Causality.Contracts;
using Causality.Differ.Comparing;
using Causality.Messaging;
using Causality.Protocol.Client;
using Causality.ServiceDefaults.Steps;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using MassTransit;

namespace Causality.Differ.Consumers;

/// <summary>Compares our log with a peer's and writes the plan of the sync.</summary>
[LongRunning]
public sealed class CompareSegmentsConsumer(
    Comparisons comparisons, ISegmentComparer comparer, SyncPlanner planner, ITransactionalOutbox outbox, TimeProvider time,
    ILogger<CompareSegmentsConsumer> logger)
    : IConsumer<CompareSegments>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<CompareSegments> context)
    {
        var command = context.Message;
        return SyncStep.RunAsync(outbox, SyncSteps.Compare, command.SyncId, command.Attempt, logger, () => CompareAsync(command, context.CancellationToken), context.CancellationToken);
    }

    private async Task CompareAsync(CompareSegments command, CancellationToken cancellationToken)
    {
        var tally = ExchangeTally.Begin();
        var started = time.GetTimestamp();
        var comparison = await comparisons.BeginAsync(command.Peer, command.Settings, cancellationToken);
        var inSync = comparison.InSync;

        var found = new PlanTally();
        if (!inSync)
            await PlanAsync(command, comparison, found, cancellationToken);

        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        if (inSync)
            await SyncPlanner.ResetAsync(unit.Database, command.SyncId, command.Attempt, cancellationToken);
        var totals = await SyncPlanner.CountAsync(unit.Database, command.SyncId, cancellationToken);
        if (totals.Segments == 0 && await unit.Database.FirstFailureAsync(command.SyncId, cancellationToken) is { } failed)
        {
            // Nothing that we could fetch, but not nothing to do: a sync that is skipped here would claim that the peer has nothing that we lack.
            unit.Publish(ToFailure(command, failed));
            await unit.CommitAsync(cancellationToken);
            return;
        }

        if (command.Settings.MaxImportBytes > 0
            && await SyncPlanner.CountIncomingBytesAsync(unit.Database, command.SyncId, cancellationToken) is var incoming && incoming > command.Settings.MaxImportBytes)
        {
            unit.Publish(ToRefusal(command, incoming, totals));
            await unit.CommitAsync(cancellationToken);
            return;
        }

        var stored = await SyncPlanner.CountStoredAsync(unit.Database, command.SyncId, cancellationToken);
        unit.Publish(new SegmentsCompared
        {
            SyncId = command.SyncId,
            Attempt = command.Attempt,
            InSync = inSync,
            LocalRoot = comparison.LocalRoot,
            RemoteRoot = comparison.Info.Root,
            Scope = comparison.Ours.Scope.Prefixes,
            SegmentsPlanned = totals.Segments,
            EntriesPlanned = totals.Entries,
            BytesPlanned = totals.Bytes,
            SegmentsSynced = stored.Segments,
            EntriesSynced = stored.Entries,
            BytesReceived = stored.Bytes,
            LeftOut = found.LeftOut,
        });
        await unit.CommitAsync(cancellationToken);
        DifferMetrics.Compared(tally.RoundTrips, tally.Bytes, time.GetElapsedTime(started));
        logger.Compared(command.SyncId, command.Peer.Id, inSync, totals.Segments, totals.Bytes, tally.RoundTrips, tally.Bytes);
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

    // A peer that suddenly has a hundred times as much is broken, hostile or new: a person shall say which.
    private static SyncStepFailed ToRefusal(CompareSegments command, long incoming, PlanTotals planned) => new()
    {
        SyncId = command.SyncId,
        Attempt = command.Attempt,
        Step = SyncSteps.Compare,
        Reason = SyncReasons.ImportLimit,
        Detail = $"The plan would bring in {incoming} bytes; the bound is {command.Settings.MaxImportBytes}. Nothing was fetched. "
            + "To allow it, request the sync with overrides.maxImportBytes of at least that, or raise Sync:MaxImportBytes.",
        Remaining = new RemainingWork { Segments = planned.Segments, Entries = planned.Entries, Bytes = planned.Bytes },
        Retryable = false,
    };

    private async Task PlanAsync(CompareSegments command, Comparison comparison, PlanTally found, CancellationToken cancellationToken)
    {
        await planner.ResetAsync(command.SyncId, command.Attempt, cancellationToken);
        var chunk = new List<PlannedSegment>();
        await foreach (var segment in comparer.CompareAsync(comparison, () => SyncStep.ReportAsync(outbox, SyncSteps.Compare, command.SyncId, command.Attempt, cancellationToken), cancellationToken))
        {
            chunk.Add(segment);
            if (chunk.Count < SyncPlanner.RowsPerCommit)
                continue;
            await planner.AddAsync(command.SyncId, command.Attempt, chunk, command.Settings, found, cancellationToken);
            chunk.Clear();
        }

        await planner.AddAsync(command.SyncId, command.Attempt, chunk, command.Settings, found, cancellationToken);
        if (found.SegmentsLeftOut > 0)
            logger.LeftOut(command.SyncId, command.Peer.Id, found.SegmentsLeftOut, string.Join(", ", found.LeftOut.Select(count => count.Reason)));
    }
}
