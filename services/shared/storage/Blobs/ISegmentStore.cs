using Causality.Core;

namespace Causality.Storage.Blobs;

/// <summary>Immutable segment contents by their hash. One contract test suite runs over every implementation.</summary>
public interface ISegmentStore
{
    /// <summary>Stores contents with one durability barrier; those already there are left alone, and count as stored now.</summary>
    /// <param name="contents">Hash and uncompressed bytes; the caller has verified that they belong together.</param>
    /// <param name="cancellationToken">Gives up; what is stored so far is an orphan and swept later.</param>
    /// <exception cref="StorageUnavailableException">The disk failed or is full; none counts as stored.</exception>
    Task PutAsync(IReadOnlyCollection<KeyValuePair<ContentHash, ReadOnlyMemory<byte>>> contents, CancellationToken cancellationToken = default);

    /// <summary>Begins a batch that is put piece by piece: contents are written as they come and become durable, and get their names, together.</summary>
    /// <returns>Dispose it in any case.</returns>
    /// <exception cref="StorageUnavailableException">The disk does not take any.</exception>
    IBlobBatch Begin();

    /// <summary>Opens a content, or null when it is not there.</summary>
    /// <returns>A seekable stream of the uncompressed bytes, at its beginning; it stays readable after a delete.</returns>
    /// <exception cref="StorageUnavailableException">It is there and cannot be opened.</exception>
    Task<Stream?> OpenAsync(ContentHash hash, CancellationToken cancellationToken = default);

    /// <summary>Removes a content; nothing happens when it is not there.</summary>
    Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default);

    /// <summary>Removes a content unless somebody has stored it (again) since.</summary>
    /// <param name="hash">The content.</param>
    /// <param name="storedBefore">Removed only when it was last stored before this moment, so that a sweep cannot take what another process is just about to point at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True when it was removed.</returns>
    Task<bool> DeleteAsync(ContentHash hash, DateTimeOffset storedBefore, CancellationToken cancellationToken = default);

    /// <summary>Every content with the time it was (last) stored, in any order.</summary>
    IAsyncEnumerable<StoredContent> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes a content that is damaged out of sight and keeps its bytes for examination; from here on it counts as missing.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="StorageUnavailableException">It cannot be moved.</exception>
    Task<bool> SetAsideAsync(ContentHash hash, CancellationToken cancellationToken = default);

    /// <summary>Counts, and unless told otherwise removes, what interrupted writes have left behind.</summary>
    /// <param name="startedBefore">Only what was begun before this moment: younger ones may belong to a writer that lives.</param>
    /// <param name="dryRun">Count only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LeftOvers> SweepLeftOversAsync(DateTimeOffset startedBefore, bool dryRun, CancellationToken cancellationToken = default);
}
