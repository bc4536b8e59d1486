using System.Diagnostics;

namespace Causality.Protocol.Identity;

/// <summary>Holds other processes off a folder: an exclusively opened file, which the system lets go of when the process dies.</summary>
public static class FolderLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Takes the lock, waiting for it; disposing lets go.</summary>
    /// <param name="path">The file; made when missing.</param>
    /// <param name="patience">How long to wait.</param>
    /// <exception cref="IOException">Another process held it for the whole time.</exception>
    public static IDisposable Acquire(string path, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.Elapsed < patience && File.Exists(path))
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
