using Causality.Contracts;
using Causality.Messaging;
using Causality.ServiceDefaults.Steps;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;

namespace Causality.Transfer.Pulling;

/// <summary>How far a sync's plan is, counted from its rows.</summary>
/// <param name="Pending">Segments to be fetched or sent.</param>
/// <param name="Stored">Segments stored or merged, here or at the peer.</param>
/// <param name="Failed">Segments that could not be taken, here or by the peer.</param>
/// <param name="Superseded">Segments that had changed or gone at the peer.</param>
/// <param name="EntriesAdded">Entries new to our copies.</param>
/// <param name="BytesReceived">Content bytes received.</param>
/// <param name="Remaining">What is not done and would be tried in this attempt or by another one.</param>
public readonly record struct PlanProgress(long Pending, long Stored, long Failed, long Superseded, long EntriesAdded, long BytesReceived, RemainingWork Remaining)
{
    /// <summary>True for a segment that another attempt may move: what is over the limits stays over them, and who is not let in to write needs a person.</summary>
    public static bool IsWorthRetrying(string? reason) => reason is not (SyncReasons.SegmentTooLarge or SyncReasons.PeerRefused);

    /// <summary>Counts the rows of a sync.</summary>
    public static async Task<PlanProgress> CountAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken)
    {
        var counts = await database.Set<PlanSegmentRecord>().Where(row => row.SyncId == syncId).SumUpAsync(cancellationToken);
        var incoming = counts.FindAll(row => row.Direction == PlanDirection.In);
        var open = counts.FindAll(row => row.State is PlanSegmentState.Pending or PlanSegmentState.Failed or PlanSegmentState.Superseded && IsWorthRetrying(row.Reason));
        var remaining = new RemainingWork { Segments = open.Sum(row => row.Segments), Entries = open.Sum(row => row.Entries), Bytes = open.Sum(row => row.Bytes) };
        return new PlanProgress(
            Count(PlanSegmentState.Pending), Count(PlanSegmentState.Stored), Count(PlanSegmentState.Failed), Count(PlanSegmentState.Superseded),
            incoming.Sum(row => row.EntriesAdded), incoming.Sum(row => row.BytesReceived), remaining);

        long Count(PlanSegmentState state) => counts.Where(row => row.State == state).Sum(row => row.Segments);
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
            Remaining = totals.Remaining,
        });
        await unit.CommitAsync(cancellationToken);
    }
}
