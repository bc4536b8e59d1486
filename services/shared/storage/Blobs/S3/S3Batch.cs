using Causality.Core;

namespace Causality.Storage.Blobs.S3;

/// <summary>A batch on its way into a bucket: contents go up side by side while more are added, and the commit waits for the last.</summary>
/// <remarks>An object gets its name when it is stored; one that no row will point at is an orphan, and swept.</remarks>
internal sealed class S3Batch(S3SegmentStore store) : IBlobBatch
{
    /// <summary>Requests under way at once; each holds a copy of its content.</summary>
    public const int Width = 8;

    private readonly SemaphoreSlim _room = new(Width, Width);
    private readonly CancellationTokenSource _givenUp = new();
    private readonly HashSet<ContentHash> _added = [];
    private readonly List<Task> _uploads = [];
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public void Add(ContentHash hash, ReadOnlyMemory<byte> content)
    {
        lock (_lock)
        {
            if (!_added.Add(hash))
                return;
        }

        _room.Wait();
        var copy = content.ToArray();
        lock (_lock)
            _uploads.Add(UploadAsync(hash, copy));
    }

    /// <inheritdoc/>
    public void Commit(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task[] uploads;
        lock (_lock)
        {
            uploads = [.. _uploads];
            _uploads.Clear();
            _added.Clear();
        }

        Task.WhenAll(uploads).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    /// <remarks>Null: what has been added has its name, or will have it in a moment.</remarks>
    public byte[]? Read(ContentHash hash)
    {
        Task[] uploads;
        lock (_lock)
            uploads = [.. _uploads];
        Task.WhenAll(uploads).GetAwaiter().GetResult();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _givenUp.Cancel();
        Task[] uploads;
        lock (_lock)
            uploads = [.. _uploads];
        // Whoever commits has heard of failures; whoever does not, does not care.
        Task.WhenAll(uploads).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).GetAwaiter().GetResult();
        _givenUp.Dispose();
        _room.Dispose();
    }

    private async Task UploadAsync(ContentHash hash, byte[] content)
    {
        try
        {
            await Task.Yield();
            await store.StoreAsync(hash, content, _givenUp.Token).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }
}
