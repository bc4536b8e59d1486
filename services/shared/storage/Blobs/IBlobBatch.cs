using Causality.Core;

namespace Causality.Storage.Blobs;

/// <summary>Contents on their way into the store. Any number of threads may add; the last calls are one thread's. Every call blocks until the disk has done it.</summary>
public interface IBlobBatch : IDisposable
{
    /// <summary>Writes a content where nobody sees it yet; one that is in the store or in this batch already costs nothing.</summary>
    /// <param name="hash">The name it will have; the caller has verified that it is the content's.</param>
    /// <param name="content">Uncompressed; not kept.</param>
    /// <exception cref="StorageUnavailableException">The disk refused; give the batch up.</exception>
    void Add(ContentHash hash, ReadOnlyMemory<byte> content);

    /// <summary>Makes everything added so far durable with one barrier and gives it its names; then the batch is empty and may be filled again.</summary>
    /// <param name="cancellationToken">Looked at before anything begins.</param>
    /// <exception cref="StorageUnavailableException">The disk refused; none counts as stored; give the batch up.</exception>
    void Commit(CancellationToken cancellationToken = default);

    /// <summary>Name of the temporary file in which a content of this batch stands until the commit, for whoever looks for it after a crash; null where there is none.</summary>
    string? PlaceOf(ContentHash hash) => null;

    /// <summary>A content of this batch that has not got its name yet; null for any other.</summary>
    byte[]? Read(ContentHash hash);
}
