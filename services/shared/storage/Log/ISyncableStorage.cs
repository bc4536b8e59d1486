using Causality.Core;
using Causality.Storage.Database;

namespace Causality.Storage.Log;

/// <summary>An operator's log as synchronization uses it. Seed: "SyncableStorage".</summary>
public interface ISyncableStorage : ILogStorage
{
    /// <summary>Version, root fingerprint and size of the log at one moment, in O(1).</summary>
    Task<LogHead> GetHeadAsync(CancellationToken cancellationToken = default);

    /// <summary>A page of segment metadata, ascending by id.</summary>
    /// <param name="after">Only ids greater than this; null from the beginning.</param>
    /// <param name="limit">1 to 10,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(SegmentId? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Metadata of the named segments, ascending by id; unknown ones are left out.</summary>
    /// <param name="ids">At most 10,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken = default);

    /// <summary>Metadata of every segment whose row changed after a version, in the order of the changes: the feed that keeps caches and indexes current.</summary>
    /// <param name="version">A version seen before; 0 for everything.</param>
    /// <param name="limit">Most rows; fewer come back only when there are no more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<SegmentChange>> GetChangesAsync(long version, int limit, CancellationToken cancellationToken = default);

    /// <summary>Metadata of the segments whose latest change made these versions, ascending by id; those that have changed since are left out.</summary>
    /// <param name="versions">As <see cref="SegmentChange.Version"/> named them; at most 10,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<SegmentMetadata>> GetSegmentsOfVersionsAsync(IReadOnlyCollection<long> versions, CancellationToken cancellationToken = default);

    /// <summary>Merges one segment into the log; see <see cref="ImportBatchAsync"/>.</summary>
    Task<ImportResult> ImportSegmentAsync(LogSegment segment, CancellationToken cancellationToken = default);

    /// <summary>Merges one segment that a peer has sent by itself, and remembers who it was where the store keeps such things.</summary>
    Task<ImportResult> ImportSegmentAsync(LogSegment segment, OperatorId peer, CancellationToken cancellationToken = default) => ImportSegmentAsync(segment, cancellationToken);

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

    /// <summary>Reads a whole segment and verifies its content hash.</summary>
    /// <returns>The segment, or null when there is none of that name.</returns>
    /// <exception cref="ContentHashMismatchException">The stored bytes are damaged.</exception>
    Task<LogSegment?> ExportSegmentAsync(SegmentId id, CancellationToken cancellationToken = default);

    /// <summary>Opens the content of a segment for streaming, unverified (the receiver verifies).</summary>
    /// <param name="id">The segment.</param>
    /// <param name="contentHash">The content that is wanted; null for the present one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Metadata and an open stream, or null when there is no such segment or it has other content by now.</returns>
    Task<SegmentContent?> OpenSegmentAsync(SegmentId id, ContentHash? contentHash, CancellationToken cancellationToken = default);

    /// <summary>The same for a segment whose metadata was just read, without reading it again: for many segments in a row.</summary>
    /// <returns>Null when it has other content by now.</returns>
    Task<SegmentContent?> OpenSegmentAsync(SegmentMetadata known, CancellationToken cancellationToken = default);

    /// <summary>Compares our segments with a peer's list.</summary>
    /// <param name="remote">As the peer sent it, not yet trusted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProtocolViolationException">A duplicate id in <paramref name="remote"/>.</exception>
    Task<LogDiff> GetLogDifferencesAsync(IReadOnlyCollection<SegmentMetadata> remote, CancellationToken cancellationToken = default);
}
