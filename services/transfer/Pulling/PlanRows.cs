using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using Microsoft.EntityFrameworkCore;

namespace Causality.Transfer.Pulling;

/// <summary>Reads and settles the rows of a plan.</summary>
internal static class PlanRows
{
    /// <summary>The next segments to fetch, oldest first; empty when the plan is carried out.</summary>
    public static async Task<List<SegmentMetadata>> NextAsync(CausalityDbContext database, Guid syncId, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.Set<PlanSegmentRecord>().AsNoTracking()
            .Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Pending)
            .OrderBy(row => row.StartTimestamp).ThenBy(row => row.SegmentId).Take(limit).ToListAsync(cancellationToken);
        return rows.ConvertAll(ToMetadata);
    }

    /// <summary>Marks fetched segments, in the transaction that stores them; <paramref name="results"/> belong to the elements that hold a segment, in order.</summary>
    public static async Task SettleAsync(
        CausalityDbContext database, Guid syncId, IReadOnlyList<FetchedSegment> fetched, IReadOnlyList<ImportResult> results, CancellationToken cancellationToken)
    {
        var ids = fetched.Select(segment => segment.Wanted.Id.Value).ToList();
        var rows = await database.Set<PlanSegmentRecord>()
            .Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Pending && ids.Contains(row.SegmentId))
            .ToDictionaryAsync(row => (row.SegmentId, row.ContentHash), cancellationToken);
        var imported = 0;
        foreach (var segment in fetched)
        {
            var result = segment.Segment is null ? null : results[imported++];
            if (rows.TryGetValue((segment.Wanted.Id.Value, segment.Wanted.ContentHash.ToString()), out var row))
                Settle(row, segment, result);
        }
    }

    private static void Settle(PlanSegmentRecord row, FetchedSegment segment, ImportResult? result)
    {
        row.BytesReceived = segment.BytesReceived;
        if (result is not null)
        {
            row.State = PlanSegmentState.Stored;
            row.EntriesAdded = result.EntriesAdded;
            return;
        }

        row.State = segment.Reason == FetchedSegment.Gone ? PlanSegmentState.Superseded : PlanSegmentState.Failed;
        row.Reason = segment.Reason;
        row.Detail = segment.Detail;
    }

    private static SegmentMetadata ToMetadata(PlanSegmentRecord row) => new()
    {
        Id = new SegmentId(row.SegmentId),
        Origin = new OperatorId(row.Origin),
        StartTimestamp = row.StartTimestamp,
        EndTimestamp = row.EndTimestamp,
        EntryCount = row.EntryCount,
        ContentHash = ContentHash.Parse(row.ContentHash),
        SizeBytes = row.SizeBytes,
    };
}
