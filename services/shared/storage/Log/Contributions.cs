using Causality.Core;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Log;

/// <summary>Counts what pushes add to the log, in the transaction of the import and under its lock, so that no two of a peer slip through together.</summary>
internal static class Contributions
{
    /// <exception cref="PeerQuotaExceededException">It is too much; the transaction is to be given up.</exception>
    public static async Task AddAsync(CausalityDbContext database, string peerId, LogSegment pushed, ImportResult result, long quotaBytes, CancellationToken cancellationToken)
    {
        var bytes = BytesAdded(pushed, result);
        if (bytes == 0)
            return;
        var record = await database.Set<ContributionRecord>().FirstOrDefaultAsync(row => row.PeerId == peerId, cancellationToken).ConfigureAwait(false);
        if (record is null)
            database.Add(record = new ContributionRecord { PeerId = peerId });
        if (bytes > quotaBytes - record.Bytes)
            throw new PeerQuotaExceededException(peerId, quotaBytes, record.Bytes);
        record.Bytes += bytes;
    }

    private static long BytesAdded(LogSegment pushed, ImportResult result) => result.Outcome switch
    {
        ImportOutcome.Unchanged => 0,
        _ when result.Added is { } added => pushed.IndexesOf(added.ToHashSet()).Sum(index => pushed.LineAt(index).Length + 1L),
        _ => pushed.Content.Length,
    };
}
