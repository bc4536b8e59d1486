using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Reconciling;

namespace Causality.Protocol;

/// <summary>How one operator talks to another. HTTP is the default; another transport is another implementation, and one contract test suite runs over all.</summary>
/// <remarks>
/// Everything that comes back has been bounded and checked as far as said here; nothing of it is trusted further.
/// Seed: "SyncProtocol"; wire format: <c>contracts/sync-protocol-v1.md</c>.
/// </remarks>
/// <exception cref="PeerUnavailableException">Transient: no connection, no answer, or the peer asks us to wait.</exception>
/// <exception cref="PeerRefusedException">The peer, or its key, is not the one pinned, or it does not let us in.</exception>
/// <exception cref="ProtocolViolationException">The peer broke the protocol.</exception>
public interface ISyncProtocol
{
    /// <summary>Who the peer is, what it speaks, how large its log is, and its root fingerprint.</summary>
    Task<PeerInfo> GetInfoAsync(PeerEndpoint peer, CancellationToken cancellationToken);

    /// <summary>The peer's segments, ascending by id, fetched page by page as they are read. Seed: <c>get_segment_list</c>.</summary>
    IAsyncEnumerable<SegmentMetadata> GetSegmentListAsync(PeerEndpoint peer, CancellationToken cancellationToken);

    /// <summary>Metadata of the named segments, ascending by id; ones the peer lacks are left out.</summary>
    Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(PeerEndpoint peer, IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken);

    /// <summary>One whole segment, verified against the hash that came with it; null when the peer has none of that name. Seed: <c>get_segment</c>.</summary>
    /// <exception cref="ContentHashMismatchException">The bytes are not the ones promised.</exception>
    /// <exception cref="SegmentInvalidException">The bytes are not a segment.</exception>
    Task<LogSegment?> GetSegmentAsync(PeerEndpoint peer, SegmentId id, CancellationToken cancellationToken);

    /// <summary>Many segments, or some entries of each, over one streamed answer, in the order asked for.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="wanted">What the plan says: at most 1,000, with at most 10,000 named entries in all. Entries are each verified against their hashes; those the peer lacks are left out.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One element per wanted segment, whole ones before parts, whatever became of it: a bad segment does not end the stream, a broken connection does.</returns>
    IAsyncEnumerable<FetchedSegment> FetchSegmentsAsync(PeerEndpoint peer, IReadOnlyList<SegmentWish> wanted, FetchOptions options, CancellationToken cancellationToken);

    /// <summary>Sends a segment, or a part of one, to be united with the peer's copy; returns once it is durable there. Idempotent. Seed: <c>send_segment</c>.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="segment">At most 64 MiB.</param>
    /// <param name="pace">Slows the sending down; null for as fast as it goes.</param>
    /// <param name="cancellationToken">Gives up; the peer may have taken it all the same.</param>
    /// <returns>What the peer did; a segment that it refuses by itself is no exception.</returns>
    /// <exception cref="PeerRefusedException">We have no permission to write there.</exception>
    Task<PushedSegment> SendSegmentAsync(PeerEndpoint peer, LogSegment segment, ITransferPace? pace, CancellationToken cancellationToken);

    /// <summary>Some entries of one segment, by hash; each verified against its hash, those the peer lacks left out.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="id">The segment.</param>
    /// <param name="entryHashes">At most 10,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when the peer has no segment of that name.</returns>
    Task<IReadOnlyList<LogEntry>?> GetEntriesAsync(PeerEndpoint peer, SegmentId id, IReadOnlyCollection<ContentHash> entryHashes, CancellationToken cancellationToken);

    /// <summary>Which versions of some entry ids the peer shows; ids that it shows nothing for are left out. Seed: <c>resolve_conflicts</c>.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="entryIds">At most 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>By id. What the peer says, not what is so: that it has such an entry is not proved.</returns>
    Task<IReadOnlyDictionary<string, EntryKey>> GetWinnersAsync(PeerEndpoint peer, IReadOnlyCollection<string> entryIds, CancellationToken cancellationToken);

    /// <summary>Sends a message of Negentropy over the segments and takes the peer's; what it says is for the caller to check. Seed: <c>get_log_diff</c>.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="message">At most 1 MiB.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReadOnlyMemory<byte>> ReconcileAsync(PeerEndpoint peer, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>The same over the entries of one segment; null when the peer has none of that name.</summary>
    Task<ReadOnlyMemory<byte>?> ReconcileSegmentAsync(PeerEndpoint peer, SegmentId id, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Symbols of the peer's segments in some ranges. Only from a peer that announces <see cref="SyncCapabilities.Symbols"/>, as the next three.</summary>
    Task<SymbolsAnswer> GetSegmentSymbolsAsync(PeerEndpoint peer, SegmentSymbolsRequest request, CancellationToken cancellationToken);

    /// <summary>Metadata of segments that reconciling has found, ascending by id, none that was not asked for; those that have changed since are left out.</summary>
    Task<IReadOnlyList<SegmentMetadata>> GetReconciledSegmentsAsync(PeerEndpoint peer, SegmentsRequest request, CancellationToken cancellationToken);

    /// <summary>Symbols of the entries of several of the peer's segments together.</summary>
    Task<SymbolsAnswer> GetEntrySymbolsAsync(PeerEndpoint peer, EntrySymbolsRequest request, CancellationToken cancellationToken);

    /// <summary>Hashes of entries that their symbols have found, ascending by segment, none that was not asked for.</summary>
    Task<IReadOnlyList<SegmentEntry>> GetEntryHashesAsync(PeerEndpoint peer, EntryHashesRequest request, CancellationToken cancellationToken);
}
