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
    private const int MaxHashes = 100_000;

    /// <summary>The next segments to fetch, oldest first; empty when the plan is carried out.</summary>
    public static async Task<List<SegmentWish>> NextAsync(CausalityDbContext database, Guid syncId, int limit, CancellationToken cancellationToken)
    {
        var rows = database.Set<PlanSegmentRecord>().AsNoTracking()
            .Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Pending && row.Direction == PlanDirection.In)
            .OrderBy(row => row.StartTimestamp).ThenBy(row => row.SegmentId).Take(limit);
        var (wishes, hashes) = (new List<SegmentWish>(), 0);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            wishes.Add(PlanWishes.Of(row));
            // Rows that name very many entries come a few at a time.
            hashes += wishes[^1].Entries?.Count ?? 0;
            if (hashes >= MaxHashes)
                break;
        }

        return wishes;
    }

    /// <summary>True when some of the plan has been stored before.</summary>
    public static Task<bool> HasStoredAsync(CausalityDbContext database, Guid syncId, CancellationToken cancellationToken) =>
        database.Set<PlanSegmentRecord>().AnyAsync(row => row.SyncId == syncId && row.State == PlanSegmentState.Stored, cancellationToken);

    /// <summary>Marks what has been taken, in the transaction that stores it.</summary>
    /// <param name="database">In the transaction.</param>
    /// <param name="syncId">The sync.</param>
    /// <param name="taken">One for each row.</param>
    /// <param name="results">What the import did, for those that came.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task SettleAsync(
        CausalityDbContext database, Guid syncId, IReadOnlyList<TakenSegment> taken, IReadOnlyList<ImportResult> results, CancellationToken cancellationToken)
    {
        var ids = taken.Select(segment => segment.Wish.Segment.Id.Value).ToList();
        var rows = await database.Set<PlanSegmentRecord>()
            .Where(row => row.SyncId == syncId && row.State == PlanSegmentState.Pending && row.Direction == PlanDirection.In && ids.Contains(row.SegmentId))
            .ToDictionaryAsync(row => (row.SegmentId, row.ContentHash), cancellationToken);
        var resultOf = results.ToDictionary(result => result.Metadata.Id);
        foreach (var segment in taken)
        {
            if (rows.TryGetValue((segment.Wish.Segment.Id.Value, segment.Wish.Segment.ContentHash.ToString()), out var row))
                segment.Settle(row, segment.EntriesCame > 0 ? resultOf[segment.Wish.Segment.Id] : null);
        }
    }
}
