using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Database;

namespace Causality.Storage.Log;

/// <summary>The one way by which segments come into the log: blobs durable first, then rows by compare-and-swap, in one transaction.</summary>
/// <remarks>
/// Unions are made outside of the transaction, from the rows as they were; inside, under the lock of the head row, the rows are read again and whatever
/// moved meanwhile is worked out anew. After <see cref="OptimisticRounds"/> such rounds the rest is done under the lock: slower for everybody, but it ends.
/// </remarks>
internal sealed class SegmentImporter(DatabaseAccess database, SegmentCatalog catalog, SegmentContents contents, ISegmentStore blobs)
{
    private const int OptimisticRounds = 4;

    /// <summary>Merges the offers; idempotent.</summary>
    /// <param name="offers">Ids may repeat.</param>
    /// <param name="alongside">As for <see cref="ISyncableStorage.ImportBatchAsync"/>.</param>
    /// <param name="cancellationToken">Gives up; nothing or all is stored.</param>
    /// <returns>One result per offer, in order.</returns>
    public async Task<IReadOnlyList<ImportResult>> ImportAsync(
        IReadOnlyList<SegmentOffer> offers, Func<CausalityDbContext, IReadOnlyList<ImportResult>, CancellationToken, Task>? alongside, CancellationToken cancellationToken)
    {
        var byId = offers.GroupBy(offer => offer.Segment.Metadata.Id).ToDictionary(group => group.Key, group => group.ToList());
        var plans = new Dictionary<SegmentId, MergePlan>(byId.Count);
        var known = await catalog.FindAsync(byId.Keys, cancellationToken).ConfigureAwait(false);
        await PlanAsync(byId.Keys, known).ConfigureAwait(false);
        if (alongside is null && plans.Values.All(plan => plan.Changed is null))
            return InOrder(); // What is included in a segment stays included: no need to look again.

        for (var round = 1; ; round++)
        {
            var moved = await database.RunAsync("store segments", db => TryStoreAsync(db, round > OptimisticRounds), cancellationToken).ConfigureAwait(false);
            if (moved.Count == 0)
                return InOrder();

            await PlanAsync(moved.Select(row => row.Id), moved).ConfigureAwait(false);
        }

        async Task PlanAsync(IEnumerable<SegmentId> ids, IReadOnlyList<SegmentMetadata> rows)
        {
            var rowOf = rows.ToDictionary(row => row.Id);
            var changed = new List<KeyValuePair<ContentHash, ReadOnlyMemory<byte>>>();
            foreach (var id in ids)
            {
                plans[id] = await MergePlan.MakeAsync(rowOf.GetValueOrDefault(id), byId[id], row => contents.LoadAsync(row, cancellationToken)).ConfigureAwait(false);
                if (plans[id].Changed is { } segment)
                    changed.Add(new(segment.Metadata.ContentHash, segment.Content));
            }

            await blobs.PutAsync(changed, cancellationToken).ConfigureAwait(false);
        }

        // Returns the rows that moved, with nothing stored; or nothing, with everything stored.
        async Task<IReadOnlyList<SegmentMetadata>> TryStoreAsync(CausalityDbContext db, bool stayUnderLock)
        {
            var transaction = await db.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var writer = await SegmentWriter.LockAsync(db, plans, cancellationToken).ConfigureAwait(false);
                if (writer.Moved.Count > 0 && !stayUnderLock)
                    return writer.Moved;

                await PlanAsync(writer.Moved.Select(row => row.Id), writer.Moved).ConfigureAwait(false);
                await writer.WriteAsync(plans.Values, cancellationToken).ConfigureAwait(false);
                if (alongside is not null)
                    await alongside(db, InOrder(), cancellationToken).ConfigureAwait(false);

                await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                Failpoint.Reach(Failpoints.ImportBeforeCommit);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                Failpoint.Reach(Failpoints.ImportAfterCommit);
                return [];
            }
        }

        List<ImportResult> InOrder()
        {
            var next = new Dictionary<SegmentId, int>(plans.Count);
            return offers.Select(offer =>
            {
                var id = offer.Segment.Metadata.Id;
                var index = next.GetValueOrDefault(id);
                next[id] = index + 1;
                return plans[id].Results[index];
            }).ToList();
        }
    }
}
