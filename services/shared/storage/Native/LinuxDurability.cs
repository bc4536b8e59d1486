using Microsoft.Win32.SafeHandles;

namespace Causality.Storage.Native;

/// <summary>Durability by <c>fsync</c>, <c>fdatasync</c> and <c>syncfs</c>.</summary>
internal sealed class LinuxDurability : IDurability
{
    /// <summary>Since this kernel <c>syncfs</c> reports writeback errors; before, it always said yes. Source: syncfs(2).</summary>
    private static readonly Version SyncFsReportsErrors = new(5, 8);

    /// <inheritdoc/>
    public void FlushFile(SafeFileHandle file, string path) => NativeFile.Flush(file, path);

    /// <inheritdoc/>
    public void FlushAppended(SafeFileHandle file, string path) => NativeFile.FlushData(file, path);

    /// <inheritdoc/>
    public void FlushDirectory(string path)
    {
        using var directory = NativeFile.OpenForFlush(path);
        NativeFile.Flush(directory, path);
    }

    /// <inheritdoc/>
    public IFileSystemBarrier? BeginBarrier(string folder) =>
        OperatingSystem.IsLinux() && Environment.OSVersion.Version >= SyncFsReportsErrors ? new Barrier(folder) : null;

    private sealed class Barrier(string folder) : IFileSystemBarrier
    {
        private readonly SafeFileHandle _handle = NativeFile.OpenForFlush(folder);

        public void Flush() => NativeFile.FlushFileSystem(_handle, folder);

        public void Dispose() => _handle.Dispose();
    }
}
