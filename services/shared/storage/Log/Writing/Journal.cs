using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Native;

namespace Causality.Storage.Log.Writing;

/// <summary>The append-only file of an active segment, locked by its process for as long as it is open.</summary>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _file;
    private readonly IDurability _durability;
    private long _length;

    private Journal(FileStream file, IDurability durability) => (_file, _durability) = (file, durability);

    /// <summary>True after a write failed: what the disk holds is unknown, and nothing more is written to this file.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Makes the file of a new segment.</summary>
    /// <exception cref="StorageUnavailableException">The disk refused.</exception>
    public static Journal Create(DataFolder folder, IDurability durability, SegmentId id, OperatorId origin)
    {
        folder.MakeDurable(folder.Active);
        var path = folder.JournalPath(id);
        FileStream? file = null;
        DataFolder.Guard($"make the journal '{path}'", () => file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        var journal = new Journal(file!, durability);
        try
        {
            journal.Write(JournalFormat.Header(id, origin));
            durability.FlushDirectory(folder.Active);
            return journal;
        }
        catch
        {
            journal.Delete();
            throw;
        }
    }

    /// <summary>Writes a group of entries and makes it durable, as a whole.</summary>
    /// <exception cref="StorageUnavailableException">The disk refused; the journal is broken and nothing of the group counts.</exception>
    public void Append(IReadOnlyList<LogEntry> entries) => Write(JournalFormat.Frame(entries));

    /// <summary>Removes the file: its entries stand in a blob that a row points at.</summary>
    public void Delete()
    {
        // Unlinked before it is unlocked, so that nobody adopts it in between.
        DataFolder.Guard($"delete the journal '{_file.Name}'", () => File.Delete(_file.Name));
        Dispose();
    }

    /// <summary>Unlocks the file and leaves it to be adopted.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            DataFolder.Guard($"append to the journal '{_file.Name}'", () => RandomAccess.Write(_file.SafeFileHandle, bytes.Span, _length));
            Failpoint.Reach(Failpoints.JournalBeforeFlush);
            _durability.FlushAppended(_file.SafeFileHandle, _file.Name);
            Failpoint.Reach(Failpoints.JournalAfterFlush);
            _length += bytes.Length;
        }
        catch
        {
            IsBroken = true;
            CutBack();
            throw;
        }
    }

    /// <summary>Takes the refused group out again if the disk lets us; if it stays, a recovery may find entries that were never acknowledged, which is harmless.</summary>
    private void CutBack()
    {
        try
        {
            RandomAccess.SetLength(_file.SafeFileHandle, _length);
        }
        catch (IOException)
        {
            // The error that brought us here is the one to tell.
        }
    }
}
