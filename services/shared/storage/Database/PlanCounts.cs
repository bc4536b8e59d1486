using Causality.Core;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Database;

/// <summary>Adds the rows of a sync's plan up, in the database.</summary>
public static class PlanCounts
{
    /// <summary>One sum for each state, reason and direction; of segments that move in part, that part, whose entries are taken for average ones.</summary>
    /// <param name="rows">Rows of one sync.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<List<PlanCount>> SumUpAsync(this IQueryable<PlanSegmentRecord> rows, CancellationToken cancellationToken) => rows
        .GroupBy(row => new { row.State, row.Reason, row.Direction })
        .Select(group => new PlanCount
        {
            State = group.Key.State,
            Reason = group.Key.Reason,
            Direction = group.Key.Direction,
            Segments = group.LongCount(),
            Entries = group.Sum(row => row.Entries == null ? row.EntryCount : row.Entries.Length / ContentHash.LengthBytes),
            Bytes = group.Sum(row => row.Entries == null ? row.SizeBytes : row.SizeBytes / row.EntryCount * (row.Entries.Length / ContentHash.LengthBytes)),
            EntriesAdded = group.Sum(row => row.EntriesAdded),
            BytesReceived = group.Sum(row => row.BytesReceived),
        })
        .ToListAsync(cancellationToken);

    /// <summary>The failed row with the smallest segment id, or null.</summary>
    public static Task<PlanSegmentRecord?> FirstFailureAsync(this CausalityDbContext database, Guid syncId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Set<PlanSegmentRecord>().AsNoTracking().Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Failed)
            .OrderBy(row => row.SegmentId).FirstOrDefaultAsync(cancellationToken);
    }
}
