using System.Text;
using Causality.Core;
using Causality.Storage.Blobs;

namespace Causality.Storage.Log.Staging;

/// <summary>Notes what one import has received, as it comes. The file is locked while its process lives, and gone when the import has ended either way.</summary>
/// <remarks>Written without a flush: a killed process leaves its writes to the system, and what a dead machine loses comes from the peer again.</remarks>
internal sealed class StagingJournal(DataFolder folder, Guid purpose) : IDisposable
{
    private const string Extension = ".staged";

    private readonly Lock _lock = new();
    private readonly List<string> _kept = [];
    private FileStream? _file;

    /// <summary>Notes a content that stands in a temporary file of the store.</summary>
    public void Note(StagedSegment staged)
    {
        lock (_lock)
        {
            DataFolder.Guard("note what was received", () =>
            {
                _file ??= Create();
                _file.Write(Encoding.ASCII.GetBytes(staged.ToLine()));
            });
        }
    }

    /// <summary>Writes a content that stays in memory until the commit into a file of its own, and notes it.</summary>
    public void Keep(SegmentId id, ContentHash wanted, LogSegment segment)
    {
        var place = $"{segment.Metadata.ContentHash}.{Guid.NewGuid():N}{StagedSegment.KeptExtension}";
        var path = Path.Combine(folder.Temporary, place);
        DataFolder.Guard("keep what was received", () =>
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            RandomAccess.Write(file, segment.Content.Span, fileOffset: 0);
        });
        lock (_lock)
            _kept.Add(path);
        Note(new StagedSegment(id, wanted, segment.Metadata.ContentHash, place));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_file is null)
                return;
            foreach (var path in _kept.Append(_file.Name))
                Delete(path);
            _file.Dispose();
            _file = null;
        }
    }

    /// <summary>Names of a purpose's journals.</summary>
    public static string PatternOf(Guid purpose) => $"{purpose:N}.*{Extension}";

    /// <summary>Opens a journal whose process is dead; null when it lives, or another one was faster.</summary>
    public static FileStream? TryTakeOver(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 4096);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private FileStream Create()
    {
        folder.MakeDurable(folder.Temporary);
        return new FileStream(Path.Combine(folder.Temporary, $"{purpose:N}.{Guid.NewGuid():N}{Extension}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The sweep takes it later.
        }
    }
}
