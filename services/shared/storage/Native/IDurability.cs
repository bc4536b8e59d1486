using Microsoft.Win32.SafeHandles;

namespace Causality.Storage.Native;

/// <summary>Makes written bytes survive a power cut. The seam through which tests make the disk fail.</summary>
/// <remarks>Every call throws <see cref="StorageUnavailableException"/> when the disk refuses; the caller gives the bytes up and never repeats the call for them.</remarks>
internal interface IDurability
{
    /// <summary>Flushes a new file: bytes and metadata.</summary>
    void FlushFile(SafeFileHandle file, string path);

    /// <summary>Flushes what was appended to a file: bytes and length.</summary>
    void FlushAppended(SafeFileHandle file, string path);

    /// <summary>Flushes the names in a directory.</summary>
    void FlushDirectory(string path);

    /// <summary>Begins a barrier over a whole file system; null where the kernel would not report its errors.</summary>
    /// <param name="folder">Any folder on it. Call before the first write: errors are reported from here on.</param>
    IFileSystemBarrier? BeginBarrier(string folder);
}
