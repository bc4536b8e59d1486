using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>What peers may see of a log and add to it: all of it, or the part that is shared with one of them (<see cref="Sharing.ScopedLog"/>).</summary>
public interface ISharedLog
{
    /// <summary>Version, root fingerprint and size at one moment; of the whole log in O(1).</summary>
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

    /// <summary>Merges one segment that a peer has sent by itself, and remembers who it was and how much it added, where the store keeps such things.</summary>
    /// <param name="segment">Verified.</param>
    /// <param name="peer">Who sent it.</param>
    /// <param name="quotaBytes">Most content bytes that the pushes of this peer may add, over all time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PeerQuotaExceededException">It would be more; nothing was stored.</exception>
    Task<ImportResult> ImportSegmentAsync(LogSegment segment, OperatorId peer, long quotaBytes, CancellationToken cancellationToken = default);

    /// <summary>Timestamp and hash of the entries that the view shows under some ids; ids that it shows nothing for are left out.</summary>
    Task<IReadOnlyDictionary<string, EntryKey>> FindWinnersAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default);
}
