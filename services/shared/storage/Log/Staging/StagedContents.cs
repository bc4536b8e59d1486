using System.Security.Cryptography;
using Causality.Core;
using Causality.Storage.Blobs;

namespace Causality.Storage.Log.Staging;

/// <summary>What was found again; held against other processes until it is disposed, and kept for the next one unless it is forgotten before.</summary>
public sealed class StagedContents : IDisposable
{
    private readonly DataFolder _folder;
    private readonly IReadOnlyList<FileStream> _journals;

    internal StagedContents(DataFolder folder, IReadOnlyList<FileStream> journals, IReadOnlyList<StagedSegment> segments) => (_folder, _journals, Segments) = (folder, journals, segments);

    /// <summary>In the order in which they had come; the last of several with one name and content counts.</summary>
    public IReadOnlyList<StagedSegment> Segments { get; }

    /// <summary>The bytes, checked against their hash; null when they are not whole, or not there any more.</summary>
    public byte[]? Read(StagedSegment staged)
    {
        ArgumentNullException.ThrowIfNull(staged);
        // Under its temporary name, or under its own, if the process died between the two and the commit.
        return Read(Path.Combine(_folder.Temporary, staged.Place), staged.Content) ?? (!staged.IsKept ? Read(_folder.BlobPath(staged.Content), staged.Content) : null);
    }

    /// <summary>Deletes everything: it is stored, or of no use.</summary>
    public void Forget()
    {
        foreach (var staged in Segments)
            Delete(Path.Combine(_folder.Temporary, staged.Place));
        foreach (var journal in _journals)
            Delete(journal.Name);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var journal in _journals)
            journal.Dispose();
    }

    private static byte[]? Read(string path, ContentHash expected)
    {
        try
        {
            var bytes = File.Exists(path) ? File.ReadAllBytes(path) : null;
            return bytes is not null && new ContentHash(SHA256.HashData(bytes)) == expected ? bytes : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It comes from the peer again.
        }
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
