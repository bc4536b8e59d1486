using Causality.Core;
using Causality.Storage.Native;

namespace Causality.Storage.Blobs;

/// <summary>Writes batches of blobs so that a name means "durably there".</summary>
internal sealed class BlobBatchWriter(DataFolder folder, IDurability durability)
{
    /// <summary>Begins a batch.</summary>
    /// <exception cref="StorageUnavailableException">The folder takes no files.</exception>
    public IBlobBatch Begin()
    {
        folder.MakeDurable(folder.Temporary);
        return new BlobBatch(folder, durability);
    }

    /// <summary>Stores the contents; blocks until they are durable.</summary>
    /// <exception cref="StorageUnavailableException">The disk refused; none counts as stored, the temporary files are gone.</exception>
    public void Write(IReadOnlyCollection<KeyValuePair<ContentHash, ReadOnlyMemory<byte>>> contents, CancellationToken cancellationToken)
    {
        using var batch = Begin();
        foreach (var (hash, content) in contents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Add(hash, content);
        }

        batch.Commit(cancellationToken);
    }
}
