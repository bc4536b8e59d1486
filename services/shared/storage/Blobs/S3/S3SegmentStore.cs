using System.Runtime.CompilerServices;
using Causality.Core;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Blobs.S3;

/// <summary>Contents in a bucket, named by their hash. An object is durable, and there for everybody, once its request is answered.</summary>
/// <remarks>
/// A bucket cannot delete "unless somebody has stored it again", so who sweeps and who stores again agree by a mark beside the content: the sweep sets it, looks at
/// the time once more, deletes, and takes the mark away; who stores a content that is there already, and old, stores it again, waits until there is no mark, and
/// looks whether it is still there. Needs a store that shows every write at once, as Amazon's does since 2020.
/// </remarks>
internal sealed class S3SegmentStore(S3Bucket bucket, IOptions<StorageOptions> options, TimeProvider time) : ISegmentStore
{
    /// <summary>A content younger than this is no candidate of any sweep.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(30);

    /// <summary>A mark older than this is left from a sweep that died.</summary>
    private static readonly TimeSpan MarkAge = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ContentCache _cache = new(options.Value.S3.CacheBytes);

    /// <inheritdoc/>
    public async Task PutAsync(IReadOnlyCollection<KeyValuePair<ContentHash, ReadOnlyMemory<byte>>> contents, CancellationToken cancellationToken = default)
    {
        var width = new ParallelOptions { MaxDegreeOfParallelism = S3Batch.Width, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(contents, width, async (content, token) => await StoreAsync(content.Key, content.Value, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IBlobBatch Begin() => new S3Batch(this);

    /// <inheritdoc/>
    public async Task<Stream?> OpenAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        var bytes = _cache.Find(hash);
        if (bytes is null)
        {
            bytes = await bucket.ReadAsync(hash, cancellationToken).ConfigureAwait(false);
            if (bytes is null)
                return null;
            _cache.Add(hash, bytes);
        }

        return new MemoryStream(bytes, writable: false);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        _cache.Remove(hash);
        return bucket.DeleteAsync(bucket.KeyOf(hash), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(ContentHash hash, DateTimeOffset storedBefore, CancellationToken cancellationToken = default)
    {
        if (!await IsOldAsync(hash, storedBefore, cancellationToken).ConfigureAwait(false))
            return false;

        var mark = bucket.SweepKeyOf(hash);
        await bucket.MarkAsync(mark, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await IsOldAsync(hash, storedBefore, cancellationToken).ConfigureAwait(false))
                return false;
            await DeleteAsync(hash, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            await bucket.DeleteAsync(mark, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredContent> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? next = null;
        do
        {
            (var contents, next) = await bucket.ListAsync(next, cancellationToken).ConfigureAwait(false);
            foreach (var content in contents)
                yield return content;
        }
        while (next is not null);
    }

    /// <inheritdoc/>
    public async Task<bool> SetAsideAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        if (!await bucket.CopyAsideAsync(hash, cancellationToken).ConfigureAwait(false))
            return false;
        await DeleteAsync(hash, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public Task<LeftOvers> SweepLeftOversAsync(DateTimeOffset startedBefore, bool dryRun, CancellationToken cancellationToken = default) =>
        bucket.SweepUploadsAsync(startedBefore, dryRun, cancellationToken);

    /// <summary>Stores one content; one that is there counts as stored now.</summary>
    public async Task StoreAsync(ContentHash hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var key = bucket.KeyOf(hash);
        var storedAt = await bucket.StoredAtAsync(key, cancellationToken).ConfigureAwait(false);
        if (storedAt is null)
        {
            // What is not there cannot be just being swept; somebody who was faster has stored the same bytes.
            await bucket.TryCreateAsync(hash, content, cancellationToken).ConfigureAwait(false);
            return;
        }

        for (var isThere = time.GetUtcNow() - storedAt < Young; !isThere; isThere = await bucket.StoredAtAsync(key, cancellationToken).ConfigureAwait(false) is not null)
        {
            await bucket.OverwriteAsync(hash, content, cancellationToken).ConfigureAwait(false);
            await SweepsToEndAsync(hash, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SweepsToEndAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        while (await bucket.StoredAtAsync(bucket.SweepKeyOf(hash), cancellationToken).ConfigureAwait(false) is { } marked && time.GetUtcNow() - marked < MarkAge)
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsOldAsync(ContentHash hash, DateTimeOffset storedBefore, CancellationToken cancellationToken) =>
        await bucket.StoredAtAsync(bucket.KeyOf(hash), cancellationToken).ConfigureAwait(false) is { } storedAt && storedAt < storedBefore;
}
