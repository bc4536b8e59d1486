using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Log;

/// <summary>The rows of the log, for reading.</summary>
internal sealed class SegmentCatalog(DatabaseAccess database)
{
    /// <summary>Most rows in one answer.</summary>
    public const int MaxPage = 10_000;

    /// <summary>Ids in one statement: below the parameter limits of both databases.</summary>
    private const int IdsPerQuery = 1_000;

    /// <summary>The head row.</summary>
    public Task<LogHead> GetHeadAsync(CancellationToken cancellationToken) => database.RunAsync("read the head of the log", async db =>
        (await db.Set<HeadRecord>().AsNoTracking().SingleAsync(cancellationToken).ConfigureAwait(false)).ToHead(), cancellationToken);

    /// <summary>The latest version only: the cheap check before an index is used.</summary>
    public Task<long> GetVersionAsync(CancellationToken cancellationToken) => database.RunAsync("read the version of the log", db =>
        db.Set<HeadRecord>().Select(head => head.Version).SingleAsync(cancellationToken), cancellationToken);

    /// <summary>A page ascending by id.</summary>
    public Task<IReadOnlyList<SegmentMetadata>> ListAsync(SegmentId? after, int limit, CancellationToken cancellationToken)
    {
        CheckLimit(limit);
        return database.RunAsync<IReadOnlyList<SegmentMetadata>>("list segments", async db =>
        {
            var rows = db.Set<SegmentRecord>().AsNoTracking();
            if (after is { } id)
                rows = rows.Where(row => string.Compare(row.Id, id.Value) > 0);

            return (await rows.OrderBy(row => row.Id).Take(limit).ToListAsync(cancellationToken).ConfigureAwait(false)).ConvertAll(row => row.ToMetadata());
        }, cancellationToken);
    }

    /// <summary>The named ones, ascending by id; unknown ones are left out.</summary>
    public Task<IReadOnlyList<SegmentMetadata>> FindAsync(IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<SegmentMetadata>>("look segments up", async db =>
        {
            var rows = await RowsOfAsync(db.Set<SegmentRecord>().AsNoTracking(), ids, cancellationToken).ConfigureAwait(false);
            return rows.Values.Select(row => row.ToMetadata()).OrderBy(metadata => metadata.Id).ToList();
        }, cancellationToken);

    /// <summary>One segment, or null.</summary>
    public async Task<SegmentMetadata?> FindAsync(SegmentId id, CancellationToken cancellationToken) =>
        (await FindAsync([id], cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Changes after a version, in the order they were committed.</summary>
    public Task<IReadOnlyList<SegmentChange>> GetChangesAsync(long version, int limit, CancellationToken cancellationToken)
    {
        CheckLimit(limit);
        return database.RunAsync<IReadOnlyList<SegmentChange>>("read the change feed", async db =>
        {
            var rows = await db.Set<SegmentRecord>().AsNoTracking().Where(row => row.ChangedVersion > version)
                .OrderBy(row => row.ChangedVersion).Take(limit).ToListAsync(cancellationToken).ConfigureAwait(false);
            return rows.ConvertAll(row => new SegmentChange(row.ChangedVersion, row.ToMetadata()));
        }, cancellationToken);
    }

    /// <summary>The segments that changed last in these versions, ascending by id.</summary>
    public Task<IReadOnlyList<SegmentMetadata>> OfVersionsAsync(IReadOnlyCollection<long> versions, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<SegmentMetadata>>("look segments up by version", async db =>
        {
            var found = new List<SegmentMetadata>(versions.Count);
            foreach (var chunk in versions.Chunk(IdsPerQuery))
            {
                var rows = await db.Set<SegmentRecord>().AsNoTracking().Where(row => chunk.Contains(row.ChangedVersion)).ToListAsync(cancellationToken).ConfigureAwait(false);
                found.AddRange(rows.Select(row => row.ToMetadata()));
            }

            found.Sort((left, right) => left.Id.CompareTo(right.Id));
            return found;
        }, cancellationToken);

    /// <summary>Segments that overlap a time range, ascending by (start, id), after a cursor.</summary>
    public Task<IReadOnlyList<SegmentMetadata>> OverlappingAsync(
        long from, long to, SegmentMetadata? after, int limit, CancellationToken cancellationToken)
    {
        CheckLimit(limit);
        var (start, id) = (after?.StartTimestamp ?? long.MinValue, after?.Id.Value ?? "");
        return database.RunAsync<IReadOnlyList<SegmentMetadata>>("list segments by time", async db =>
        {
            var rows = await db.Set<SegmentRecord>().AsNoTracking()
                .Where(row => row.StartTimestamp <= to && row.EndTimestamp >= from)
                .Where(row => row.StartTimestamp > start || (row.StartTimestamp == start && string.Compare(row.Id, id) > 0))
                .OrderBy(row => row.StartTimestamp).ThenBy(row => row.Id).Take(limit).ToListAsync(cancellationToken).ConfigureAwait(false);
            return rows.ConvertAll(row => row.ToMetadata());
        }, cancellationToken);
    }

    /// <summary>The hashes among <paramref name="candidates"/> that no row points at.</summary>
    public Task<IReadOnlyList<ContentHash>> UnusedAsync(IReadOnlyCollection<ContentHash> candidates, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<ContentHash>>("look for unused blobs", async db =>
        {
            var unused = candidates.ToHashSet();
            // One pass over the rows: cheaper than an index on the hash that every import would have to feed.
            await foreach (var used in db.Set<SegmentRecord>().Select(row => row.ContentHash).AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
                unused.Remove(new ContentHash(used));
            return unused.ToList();
        }, cancellationToken);

    /// <summary>Rows by id, in few statements.</summary>
    public static async Task<Dictionary<SegmentId, SegmentRecord>> RowsOfAsync(
        IQueryable<SegmentRecord> rows, IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<SegmentId, SegmentRecord>(ids.Count);
        foreach (var chunk in ids.Select(id => id.Value).Chunk(IdsPerQuery))
        {
            foreach (var row in await rows.Where(row => chunk.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false))
                found[new SegmentId(row.Id)] = row;
        }

        return found;
    }

    /// <summary>Refuses a page size out of bounds.</summary>
    public static void CheckLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPage);
    }
}
