using Causality.Contracts;
using Causality.Scheduler.StateMachines;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Syncs;

/// <summary>Finds out what a sync that ends has not moved, from the rows of its plan: the same reasons as an explanation gives.</summary>
internal static class LeftOutRows
{
    /// <summary>What a comparison has left out, counted and not named; null for nothing.</summary>
    public static SyncLeftOut? Counted(IReadOnlyList<PlanLeftOut> found) =>
        found.Count == 0 ? null : new SyncLeftOut { Segments = found.Sum(count => count.Segments), ByReason = found, Named = [] };

    /// <summary>Everything that the plan holds and that is not stored; null for nothing.</summary>
    /// <param name="database">Reads the plan.</param>
    /// <param name="sync">At its end, with the reason of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SyncLeftOut?> ReadAsync(CausalityDbContext database, SyncState sync, CancellationToken cancellationToken)
    {
        var rows = database.Set<PlanSegmentRecord>().AsNoTracking().Where(row => row.SyncId == sync.CorrelationId && row.State != PlanSegmentState.Stored);
        var counts = await rows.SumUpAsync(cancellationToken);
        var byReason = counts.GroupBy(count => ReasonOf(sync, count.State, count.Reason), StringComparer.Ordinal)
            .Select(group => new PlanLeftOut { Reason = group.Key, Segments = group.Sum(count => count.Segments), Entries = group.Sum(count => count.Entries), Bytes = group.Sum(count => count.Bytes) });
        var all = WithThoseWithoutRows(byReason.ToList(), sync.LeftOutOf()?.ByReason ?? []);
        return all.Count == 0 ? null : new SyncLeftOut { Segments = all.Sum(count => count.Segments), ByReason = all, Named = await NamedAsync(rows, sync, cancellationToken) };
    }

    private static async Task<IReadOnlyList<LeftOutSegment>> NamedAsync(IQueryable<PlanSegmentRecord> rows, SyncState sync, CancellationToken cancellationToken)
    {
        var first = await rows.OrderBy(row => row.State == PlanSegmentState.Failed ? 0 : row.State == PlanSegmentState.Excluded ? 2 : 1).ThenBy(row => row.SegmentId).ThenBy(row => row.ContentHash)
            .Take(SyncLeftOut.MostNamed).Select(row => new { row.SegmentId, row.Direction, row.State, row.Reason }).ToListAsync(cancellationToken);
        return first.ConvertAll(row => new LeftOutSegment { SegmentId = row.SegmentId, Direction = row.Direction == PlanDirection.In ? "in" : "out", Reason = ReasonOf(sync, row.State, row.Reason) });
    }

    /// <summary>The comparison has counted all that it left out, and the plan keeps rows of the first of them only.</summary>
    private static List<PlanLeftOut> WithThoseWithoutRows(List<PlanLeftOut> rows, IReadOnlyList<PlanLeftOut> compared)
    {
        foreach (var counted in compared)
        {
            var index = rows.FindIndex(row => row.Reason == counted.Reason);
            if (index < 0)
                rows.Add(counted);
            else if (rows[index].Segments < counted.Segments)
                rows[index] = counted;
        }

        rows.Sort((left, right) => string.CompareOrdinal(left.Reason, right.Reason));
        return rows;
    }

    private static string ReasonOf(SyncState sync, PlanSegmentState state, string? reason) => state switch
    {
        PlanSegmentState.Superseded => SyncReasons.ChangedSince,
        PlanSegmentState.Pending => sync.Reason ?? SyncReasons.Pending,
        _ => reason ?? SyncReasons.InternalError,
    };
}
