using Causality.Storage.Native;
using Microsoft.Win32.SafeHandles;

namespace Causality.Storage.Tests.Support;

/// <summary>The real disk, until a dial makes it refuse.</summary>
internal sealed class FailingDurability : IDurability
{
    private readonly LinuxDurability _real = new();

    public bool RefuseFiles { get; set; }

    public bool RefuseAppends { get; set; }

    public bool RefuseDirectories { get; set; }

    public bool RefuseBarriers { get; set; }

    public int Flushes { get; private set; }

    public void FlushFile(SafeFileHandle file, string path) => Flush(RefuseFiles, () => _real.FlushFile(file, path));

    public void FlushAppended(SafeFileHandle file, string path) => Flush(RefuseAppends, () => _real.FlushAppended(file, path));

    public void FlushDirectory(string path) => Flush(RefuseDirectories, () => _real.FlushDirectory(path));

    public IFileSystemBarrier? BeginBarrier(string folder) => _real.BeginBarrier(folder) is { } barrier ? new Barrier(this, barrier) : null;

    private void Flush(bool refuse, Action flush)
    {
        Flushes++;
        if (refuse)
            throw new StorageUnavailableException("fsync failed: Input/output error (errno 5).");
        flush();
    }

    private sealed class Barrier(FailingDurability owner, IFileSystemBarrier inner) : IFileSystemBarrier
    {
        public void Flush() => owner.Flush(owner.RefuseBarriers, inner.Flush);

        public void Dispose() => inner.Dispose();
    }
}
