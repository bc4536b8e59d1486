using Causality.Contracts;
using Causality.Messaging;
using Causality.ServiceDefaults.Steps;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Transfer.Pulling;

/// <summary>How far a sync's plan is, counted from its rows.</summary>
/// <param name="Remaining">Segments to be fetched or sent.</param>
/// <param name="Stored">Segments stored or merged, here or at the peer.</param>
/// <param name="Failed">Segments that could not be taken, here or by the peer.</param>
/// <param name="Superseded">Segments that had changed or gone at the peer.</param>
/// <param name="EntriesAdded">Entries new to our copies.</param>
/// <param name="BytesReceived">Content bytes received.</param>
public readonly record struct PlanProgress(long Remaining, long Stored, long Failed, long Superseded, long EntriesAdded, long BytesReceived)
{
    /// <summary>Counts the rows of a sync.</summary>
    public static async Task<PlanProgress> CountAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken)
    {
        var states = await database.Set<PlanSegmentRecord>().Where(row => row.SyncId == syncId)
            .GroupBy(row => row.State)
            .Select(rows => new
            {
                State = rows.Key,
                Count = rows.LongCount(),
                Entries = rows.Sum(row => row.Direction == PlanDirection.In ? row.EntriesAdded : 0),
                Bytes = rows.Sum(row => row.Direction == PlanDirection.In ? row.BytesReceived : 0),
            })
            .ToListAsync(cancellationToken);
        return new PlanProgress(
            Count(PlanSegmentState.Pending), Count(PlanSegmentState.Stored), Count(PlanSegmentState.Failed), Count(PlanSegmentState.Superseded),
            states.Sum(state => state.Entries), states.Sum(state => state.Bytes));

        long Count(PlanSegmentState state) => states.FirstOrDefault(row => row.State == state)?.Count ?? 0;
    }

    /// <summary>Tells the saga how far the plan is.</summary>
    internal static async Task ReportAsync(ITransactionalOutbox outbox, TransferSegments command, CancellationToken cancellationToken)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken, command.SyncId);
        var totals = await CountAsync(unit.Database, command.SyncId, cancellationToken);
        unit.Publish(SyncStep.Progress(SyncSteps.Transfer, command.SyncId, command.Attempt) with
        {
            SegmentsSynced = totals.Stored,
            EntriesSynced = totals.EntriesAdded,
            BytesReceived = totals.BytesReceived,
        });
        await unit.CommitAsync(cancellationToken);
    }

    /// <summary>The failed row with the smallest segment id, or null.</summary>
    public static Task<PlanSegmentRecord?> FirstFailureAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken) =>
        database.Set<PlanSegmentRecord>().AsNoTracking().Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Failed)
            .OrderBy(row => row.SegmentId).FirstOrDefaultAsync(cancellationToken);
}
