using Causality.Core;
using Causality.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace Causality.Storage.Log.Writing;

/// <summary>Publishes the journals of writers that ended without doing so. A journal whose writer lives is locked, and left alone.</summary>
internal sealed class JournalAdoption(DataFolder folder, SegmentImporter importer, ILogger<JournalAdoption> logger)
{
    /// <summary>Adopts every journal that nobody holds.</summary>
    /// <returns>How many were adopted.</returns>
    /// <exception cref="StorageUnavailableException">The disk or the database failed; the journals stay; retry later.</exception>
    public async Task<int> AdoptAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.Active))
            return 0;

        var adopted = 0;
        foreach (var path in Directory.EnumerateFiles(folder.Active, "*.journal"))
        {
            if (TryLock(path) is not { } file)
                continue;

            await using (file.ConfigureAwait(false))
                adopted += await AdoptAsync(path, file, cancellationToken).ConfigureAwait(false);
        }

        return adopted;
    }

    private async Task<int> AdoptAsync(string path, FileStream file, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        var content = JournalFormat.Read(bytes);
        if (content?.Entries.Count > 0)
            await importer.ImportAsync([new SegmentOffer(LogSegment.FromEntries(content.Id, content.Origin, content.Entries))], null, null, cancellationToken).ConfigureAwait(false);

        if (content is { IsDamaged: true })
        {
            var kept = path + ".damaged";
            DataFolder.Guard($"set the damaged journal '{path}' aside", () => File.Move(path, kept, overwrite: true));
            LogMessages.JournalDamaged(logger, content.Id.Value, content.Entries.Count, kept);
            return 1;
        }

        DataFolder.Guard($"delete the adopted journal '{path}'", () => File.Delete(path));
        if (content?.Entries.Count > 0)
            LogMessages.JournalAdopted(logger, content.Id.Value, content.Entries.Count);
        return 1;
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            return null; // Its writer lives, or another process was faster.
        }
        catch (UnauthorizedAccessException e)
        {
            throw DataFolder.Unavailable($"open the journal '{path}'", e);
        }
    }
}
