using Causality.Core;
using Causality.Storage.Database;

namespace Causality.Storage.Log;

/// <summary>An operator's log as synchronization uses it. Seed: "SyncableStorage".</summary>
public interface ISyncableStorage : ILogStorage, ISharedLog
{
    /// <summary>Merges one segment into the log; see <see cref="ImportBatchAsync"/>.</summary>
    Task<ImportResult> ImportSegmentAsync(LogSegment segment, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    Task<ImportResult> ISharedLog.ImportSegmentAsync(LogSegment segment, OperatorId peer, long quotaBytes, CancellationToken cancellationToken) => ImportSegmentAsync(segment, cancellationToken);

    /// <inheritdoc/>
    async Task<IReadOnlyDictionary<string, EntryKey>> ISharedLog.FindWinnersAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var winners = new Dictionary<string, EntryKey>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (await GetByIdAsync(id, cancellationToken).ConfigureAwait(false) is { } entry)
                winners[id] = entry.Key;
        }

        return winners;
    }

    /// <summary>The segments in which an entry stands; none for one that is unknown, or not yet in a segment.</summary>
    Task<IReadOnlyList<SegmentId>> FindSegmentsAsync(ContentHash entry, CancellationToken cancellationToken = default);

    /// <summary>Merges verified segments into the log with one durability barrier and one transaction; idempotent.</summary>
    /// <param name="segments">Bounded by the caller's memory; ids may repeat. An unknown one is stored as it is, a known one becomes the union.</param>
    /// <param name="alongside">Runs in the same transaction, after the rows are written and before the commit; null for nothing.</param>
    /// <param name="cancellationToken">Gives up; then nothing or all is stored.</param>
    /// <returns>One result per segment, in order.</returns>
    /// <exception cref="StorageUnavailableException">The disk or the database failed; nothing was stored.</exception>
    Task<IReadOnlyList<ImportResult>> ImportBatchAsync(
        IReadOnlyList<LogSegment> segments, Func<CausalityDbContext, IReadOnlyList<ImportResult>, CancellationToken, Task>? alongside, CancellationToken cancellationToken = default);

    /// <summary>Begins an import that takes segments one by one, in memory that does not grow with their number. Dispose it in any case.</summary>
    IImportBatch BeginImport();

    /// <summary>Compares our segments with a peer's list.</summary>
    /// <param name="remote">As the peer sent it, not yet trusted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProtocolViolationException">A duplicate id in <paramref name="remote"/>.</exception>
    Task<LogDiff> GetLogDifferencesAsync(IReadOnlyCollection<SegmentMetadata> remote, CancellationToken cancellationToken = default);
}
