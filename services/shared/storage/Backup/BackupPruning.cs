using Causality.Core;
using Causality.Storage.Blobs;

namespace Causality.Storage.Backup;

/// <summary>Removes old backups and the contents that only they needed. Runs under the lock of the place.</summary>
internal sealed class BackupPruning(BackupPlace place)
{
    public async Task RunAsync(int keep, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var names = place.List();
        foreach (var name in names.Take(Math.Max(0, names.Count - keep)))
            DataFolder.Guard($"remove the backup '{name}'", () => Directory.Delete(place.FolderOf(name), recursive: true));
        if (names.Count <= keep)
            return;

        var needed = new HashSet<ContentHash>();
        foreach (var name in place.List())
        {
            await foreach (var content in ContentList.ReadAsync(Path.Combine(place.FolderOf(name), BackupParts.Database), cancellationToken).ConfigureAwait(false))
                needed.Add(content.Hash);
        }

        await foreach (var stored in place.Blobs.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!needed.Contains(stored.Hash))
                await place.Blobs.DeleteAsync(stored.Hash, cancellationToken).ConfigureAwait(false);
        }
    }
}
