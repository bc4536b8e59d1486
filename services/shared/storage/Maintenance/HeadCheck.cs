using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Maintenance;

/// <summary>Adds the rows up and compares them with the head row, which keeps the sums.</summary>
internal sealed class HeadCheck(DatabaseAccess database, SegmentCatalog catalog)
{
    /// <returns>The head as its row says, and what is wrong with it; null when nothing is.</returns>
    public Task<(LogHead Head, string? Fault)> RunAsync(CancellationToken cancellationToken) => database.RunAsync("add the segments up", async db =>
    {
        // One statement sees one moment on both databases, while others commit.
        var rows = from segment in db.Set<SegmentRecord>()
                   from head in db.Set<HeadRecord>()
                   select new { segment.Id, segment.ContentHash, segment.EntryCount, segment.SizeBytes, head.Version, head.FingerprintSum, head.SegmentCount, Entries = head.EntryCount, Bytes = head.SizeBytes };
        var (sum, entries, bytes, claimed) = (LogFingerprint.Empty, 0L, 0L, (LogHead?)null);
        await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            claimed ??= new LogHead(row.Version, LogFingerprint.FromParts(row.FingerprintSum, row.SegmentCount), row.SegmentCount, row.Entries, row.Bytes);
            sum = sum.Add(LogFingerprint.ItemOf(new SegmentId(row.Id), new ContentHash(row.ContentHash)));
            (entries, bytes) = (entries + row.EntryCount, bytes + row.SizeBytes);
        }

        claimed ??= await catalog.GetHeadAsync(cancellationToken).ConfigureAwait(false);
        var found = new LogHead(claimed.Version, sum, sum.Count, entries, bytes);
        return (claimed, found == claimed ? null : $"the head row says {Describe(claimed)}; the rows add up to {Describe(found)}");
    }, cancellationToken);

    private static string Describe(LogHead head) => $"{head.SegmentCount} segments, {head.EntryCount} entries, {head.SizeBytes} bytes, root {head.Fingerprint.ToRoot()}";
}
