using System.Runtime.CompilerServices;
using Causality.Core;

namespace Causality.Storage.Blobs;

/// <summary>Segment contents as files, named by their hash.</summary>
/// <remarks>Several processes may use one folder at once. The order that makes a name mean "durably there" stands in <see cref="BlobBatchWriter"/>.</remarks>
internal sealed class FolderSegmentStore(DataFolder folder, BlobBatchWriter writer, TimeProvider time) : ISegmentStore
{
    /// <summary>A temporary file older than this belongs to nobody any more.</summary>
    public static readonly TimeSpan TemporaryAge = TimeSpan.FromHours(1);

    private long _sweepAt;

    /// <inheritdoc/>
    public Task PutAsync(IReadOnlyCollection<KeyValuePair<ContentHash, ReadOnlyMemory<byte>>> contents, CancellationToken cancellationToken = default)
    {
        if (contents.Count == 0)
            return Task.CompletedTask;

        // Blocking file calls: the thread pool waits for the disk, the caller does not.
        return Task.Run(() =>
        {
            SweepIfDue();
            writer.Write(contents, cancellationToken);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public IBlobBatch Begin()
    {
        SweepIfDue();
        return writer.Begin();
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream?>(new FileStream(folder.BlobPath(hash), new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                Options = FileOptions.SequentialScan,
            }));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.Unavailable($"open blob {hash}", e);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (File.Exists(folder.BlobPath(hash)))
            DataFolder.Guard($"delete blob {hash}", () => File.Delete(folder.BlobPath(hash)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ContentHash hash, DateTimeOffset storedBefore, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = folder.BlobPath(hash);
        // First out of sight, then a second look at the time: whoever finds the blob afterwards writes it anew, whoever touched it before is seen here.
        var aside = Path.Combine(folder.Temporary, $"{hash}.{Guid.NewGuid():N}.gone");
        var deleted = false;
        DataFolder.Guard($"delete blob {hash}", () =>
        {
            if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) >= storedBefore.UtcDateTime)
                return;

            folder.MakeDurable(folder.Temporary);
            try
            {
                File.Move(path, aside);
            }
            catch (FileNotFoundException)
            {
                return; // Another sweep was faster.
            }

            deleted = File.GetLastWriteTimeUtc(aside) < storedBefore.UtcDateTime;
            if (deleted)
                File.Delete(aside);
            else
                File.Move(aside, path, overwrite: true);
        });
        return Task.FromResult(deleted);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredContent> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (!Directory.Exists(folder.Blobs))
            yield break;

        foreach (var file in new DirectoryInfo(folder.Blobs).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!ContentHash.TryParse(file.Name, out var hash) || Describe(file) is not { } described)
                continue;

            yield return new StoredContent(hash, described.Size, described.StoredAt);
        }
    }

    /// <inheritdoc/>
    public Task<bool> SetAsideAsync(ContentHash hash, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var moved = false;
        DataFolder.Guard($"set damaged blob {hash} aside", () =>
        {
            folder.MakeDurable(folder.Damaged);
            try
            {
                // Moves whatever bears the name: a broken file system may have made it anything.
                Directory.Move(folder.BlobPath(hash), Path.Combine(folder.Damaged, $"{hash}.{Guid.NewGuid():N}"));
                moved = true;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Somebody else was faster, or it was missing all along.
            }
        });
        return Task.FromResult(moved);
    }

    /// <inheritdoc/>
    public Task<LeftOvers> SweepLeftOversAsync(DateTimeOffset startedBefore, bool dryRun, CancellationToken cancellationToken = default)
    {
        var (count, size) = (0, 0L);
        if (!Directory.Exists(folder.Temporary))
            return Task.FromResult(default(LeftOvers));

        foreach (var file in new DirectoryInfo(folder.Temporary).EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Describe(file) is not { } described || described.StoredAt >= startedBefore || (!dryRun && !TryDelete(file.FullName)))
                continue;

            (count, size) = (count + 1, size + described.Size);
        }

        return Task.FromResult(new LeftOvers(count, size));
    }

    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void SweepIfDue()
    {
        if (IsSweepDue())
            SweepTemporaryFiles();
    }

    // Not only at the first write: what a crash left behind is too young then, if the restart was quick.
    private bool IsSweepDue()
    {
        var (now, due) = (time.GetUtcNow().ToUnixTimeMilliseconds(), Interlocked.Read(ref _sweepAt));
        return now >= due && Interlocked.CompareExchange(ref _sweepAt, now + (long)TemporaryAge.TotalMilliseconds, due) == due;
    }

    /// <summary>Removes temporary files that a crash left behind. Runs by itself before the first write, and before one of each later hour.</summary>
    /// <remarks>What cannot be deleted (another process was faster) is no reason to refuse a write.</remarks>
    public void SweepTemporaryFiles() => _ = SweepLeftOversAsync(time.GetUtcNow() - TemporaryAge, dryRun: false);

    private static (long Size, DateTimeOffset StoredAt)? Describe(FileInfo file)
    {
        try
        {
            return (file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        }
        catch (FileNotFoundException)
        {
            return null; // Deleted while we were listing.
        }
    }
}
