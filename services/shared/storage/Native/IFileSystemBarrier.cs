namespace Causality.Storage.Native;

/// <summary>Flushes everything written since it was begun, with one call for any number of files.</summary>
internal interface IFileSystemBarrier : IDisposable
{
    /// <summary>Flushes; may be called again for later writes.</summary>
    /// <exception cref="StorageUnavailableException">The disk refused, for these bytes or for others on the same file system.</exception>
    void Flush();
}
