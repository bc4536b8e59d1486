using Causality.Storage.Blobs;

namespace Causality.Storage.Maintenance;

/// <summary>Keeps those apart who remove blobs and those who are just copying them: a lock on a file of the data folder, which the system lets go of when its process dies.</summary>
/// <remarks>
/// A sweep holds it alone from before it looks at the rows until the last blob is gone; a backup shares it from before its snapshot of the rows until its last
/// blob is copied. So what a snapshot points at cannot be swept. It works between all processes that see the same data folder.
/// </remarks>
internal sealed class StoreHold(DataFolder folder, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Holds it alone, or gives null when somebody else has it: come back later.</summary>
    public IDisposable? TryTakeAlone() => TryOpen(FileAccess.ReadWrite, FileShare.None);

    /// <summary>Shares it, once no sweep is under way.</summary>
    /// <param name="patience">How long to wait for that.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">A sweep held it for the whole time.</exception>
    public async Task<IDisposable> ShareAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var started = time.GetTimestamp(); ; await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false))
        {
            if (TryOpen(FileAccess.Read, FileShare.Read) is { } held)
                return held;
            if (time.GetElapsedTime(started) > patience)
                throw new StorageUnavailableException($"Unused blobs have been swept for {patience}, or '{folder.Hold}' cannot be locked; try again later.");
        }
    }

    private FileStream? TryOpen(FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(folder.Hold, FileMode.OpenOrCreate, access, share, bufferSize: 0);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.Unavailable($"lock '{folder.Hold}'", e);
        }
    }
}
