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
    /// <param name="batch">Holds the contents of the offers that are not in memory; null when all are.</param>
    /// <param name="alongside">As for <see cref="ISyncableStorage.ImportBatchAsync"/>.</param>
    /// <param name="cancellationToken">Gives up; nothing or all is stored.</param>
    /// <returns>One result per offer, in order.</returns>
    public async Task<IReadOnlyList<ImportResult>> ImportAsync(
        IReadOnlyList<SegmentOffer> offers, IBlobBatch? batch, Func<CausalityDbContext, IReadOnlyList<ImportResult>, CancellationToken, Task>? alongside, CancellationToken cancellationToken)
    {
        var byId = offers.GroupBy(offer => offer.Metadata.Id).ToDictionary(group => group.Key, group => group.ToList());
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
            var target = batch;
            try
            {
                foreach (var id in ids)
                {
                    plans[id] = await MergePlan.MakeAsync(rowOf.GetValueOrDefault(id), byId[id], row => contents.LoadAsync(row, cancellationToken), LoadOfferAsync).ConfigureAwait(false);
                    // Written at once, so that the contents of a large batch are in memory one at a time.
                    // Blocking file calls: the thread pool waits for the disk.
                    if (plans[id].TakeContent() is { } segment)
                        await Task.Run(() => (target ??= blobs.Begin()).Add(segment.Metadata.ContentHash, segment.Content), cancellationToken).ConfigureAwait(false);
                }

                if (target is not null)
                    await Task.Run(() => target.Commit(cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (batch is null)
                    target?.Dispose();
            }
        }

        async Task<LogSegment> LoadOfferAsync(SegmentMetadata offered) => batch?.Read(offered.ContentHash) is { } bytes
            ? LogSegment.ParseVerified(offered.Id, offered.Origin, bytes, offered.ContentHash)
            : await contents.LoadBlobAsync(offered, cancellationToken).ConfigureAwait(false);

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
                var id = offer.Metadata.Id;
                var index = next.GetValueOrDefault(id);
                next[id] = index + 1;
                return plans[id].Results[index];
            }).ToList();
        }
    }
}
