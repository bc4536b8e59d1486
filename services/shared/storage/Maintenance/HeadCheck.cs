using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Maintenance;

/// <summary>Adds the rows up and compares them with the head row, which keeps the sums.</summary>
internal sealed class HeadCheck(DatabaseAccess database)
{
    /// <returns>The head as its row says, and what is wrong with it; null when nothing is.</returns>
    public Task<(LogHead Head, string? Fault)> RunAsync(CancellationToken cancellationToken) => database.RunAsync("add the segments up", async db =>
    {
        // One statement sees one moment on both databases, while others commit; the head comes even when there is no segment yet.
        var rows = from head in db.Set<HeadRecord>()
                   from segment in db.Set<SegmentRecord>().DefaultIfEmpty()
                   select new { Segment = segment, Head = head };
        var (sum, entries, bytes, claimed) = (LogFingerprint.Empty, 0L, 0L, (LogHead?)null);
        await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            claimed ??= new LogHead(row.Head.Version, LogFingerprint.FromParts(row.Head.FingerprintSum, row.Head.SegmentCount), row.Head.SegmentCount, row.Head.EntryCount, row.Head.SizeBytes);
            if (row.Segment is not { } segment)
                continue;
            sum = sum.Add(LogFingerprint.ItemOf(new SegmentId(segment.Id), new ContentHash(segment.ContentHash)));
            (entries, bytes) = (entries + segment.EntryCount, bytes + segment.SizeBytes);
        }

        if (claimed is null)
            throw new StorageUnavailableException("The log's head row is missing: the database is not this operator's, or was emptied by hand. Restore it from a backup.");
        var found = new LogHead(claimed.Version, sum, sum.Count, entries, bytes);
        return (claimed, found == claimed ? null : $"the head row says {Describe(claimed)}; the rows add up to {Describe(found)}");
    }, cancellationToken);

    private static string Describe(LogHead head) => $"{head.SegmentCount} segments, {head.EntryCount} entries, {head.SizeBytes} bytes, root {head.Fingerprint.ToRoot()}";
}
