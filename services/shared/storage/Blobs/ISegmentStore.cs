using Causality.Core;

namespace Causality.Storage.Blobs;

/// <summary>Immutable segment contents by their hash. One contract test suite runs over every implementation.</summary>
public interface ISegmentStore
{
    /// <summary>Stores contents with one durability barrier; those already there are left alone.</summary>
    /// <param name="contents">Hash and uncompressed bytes; the caller has verified that they belong together.</param>
    /// <param name="cancellationToken">Gives up; what is stored so far is an orphan and swept later.</param>
    /// <exception cref="StorageUnavailableException">The disk failed or is full; none counts as stored.</exception>
    Task PutAsync(IReadOnlyCollection<KeyValuePair<ContentHash, ReadOnlyMemory<byte>>> contents, CancellationToken cancellationToken = default);

    /// <summary>Opens a content, or null when it is not there.</summary>
    Task<Stream?> OpenAsync(ContentHash hash, CancellationToken cancellationToken = default);

    /// <summary>Removes a content; nothing happens when it is not there.</summary>
    Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default);

    /// <summary>Every content with the time it was stored, in any order.</summary>
    IAsyncEnumerable<StoredContent> ListAsync(CancellationToken cancellationToken = default);
}
