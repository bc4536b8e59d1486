using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Causality.Storage.Native;

/// <summary>The calls of libc that make bytes durable, each checked.</summary>
/// <remarks>
/// Why not the managed ones: <c>FileStream.Flush(true)</c> and <c>RandomAccess.FlushToDisk</c> swallow the errors of <c>fsync</c>
/// (measured on runtime 10.0.12: EIO, ENOSPC and EDQUOT raise nothing), and no managed call flushes a directory. Design §3.
/// </remarks>
internal static partial class NativeFile
{
    private const int ReadOnly = 0;

    /// <summary>O_CLOEXEC has this value on every Linux that .NET runs on; O_DIRECTORY has not, so it is not used.</summary>
    private const int CloseOnExec = 0x80000;

    private const int Interrupted = 4;

    /// <summary>Opens a file or a directory for flushing.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be opened.</exception>
    public static SafeFileHandle OpenForFlush(string path)
    {
        int descriptor;
        while ((descriptor = Open(path, ReadOnly | CloseOnExec)) < 0)
            ThrowUnlessInterrupted("open", path);

        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Flushes a file's (or directory's) bytes and metadata. After a failure the kernel may have dropped the bytes: never call it again for them.</summary>
    /// <exception cref="StorageUnavailableException">The disk refused.</exception>
    public static void Flush(SafeFileHandle file, string path)
    {
        while (FSync(file) != 0)
            ThrowUnlessInterrupted("fsync", path);
    }

    /// <summary>Flushes a file's bytes and its length, not its times.</summary>
    /// <exception cref="StorageUnavailableException">The disk refused.</exception>
    public static void FlushData(SafeFileHandle file, string path)
    {
        while (FDataSync(file) != 0)
            ThrowUnlessInterrupted("fdatasync", path);
    }

    /// <summary>Flushes everything written to the file system that <paramref name="any"/> stands on since <paramref name="any"/> was opened.</summary>
    /// <exception cref="StorageUnavailableException">The disk refused.</exception>
    public static void FlushFileSystem(SafeFileHandle any, string path)
    {
        while (SyncFs(any) != 0)
            ThrowUnlessInterrupted("syncfs", path);
    }

    private static void ThrowUnlessInterrupted(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error == Interrupted)
            return;
        if (call != "open")
            StorageMetrics.FlushErrors.Add(1);
        throw new StorageUnavailableException(
                $"{call} of '{path}' failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}). Nothing of this write counts as stored; check the disk and its free space, then retry.");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFs(SafeFileHandle file);
}
