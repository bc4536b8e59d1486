using System.Text;
using Causality.Storage.Blobs;
using Causality.Storage.Database;
using Causality.Storage.Maintenance;
using Causality.Storage.Native;

namespace Causality.Storage.Backup;

/// <summary>Makes an empty operator the one that a backup is of: same identity, same peers, same log.</summary>
/// <remarks>
/// Order: contents, then journals and identity, the database last, so that a row never points at a content that is not there. A mark in the data folder keeps
/// services from starting in between; restoring again goes on. New segments have new names (moment and randomness), so what the restored operator appends never
/// meets what the lost one appended after the backup; journals become the segments that they were, and unite with what peers have of those.
/// </remarks>
public sealed class LogRestore
{
    private readonly IDatabaseSnapshot _database;
    private readonly DataFolderFiles _files;
    private readonly DataFolder _folder;
    private readonly ISegmentStore _blobs;
    private readonly DatabaseMigrator _migrator;
    private readonly IDurability _durability;
    private readonly TimeProvider _time;

    internal LogRestore(IDatabaseSnapshot database, DataFolderFiles files, DataFolder folder, ISegmentStore blobs, DatabaseMigrator migrator, IDurability durability, TimeProvider time) =>
        (_database, _files, _folder, _blobs, _migrator, _durability, _time) = (database, files, folder, blobs, migrator, durability, time);

    /// <summary>Restores a backup, or only reads all of it and checks it.</summary>
    /// <param name="folder">Where the backups are.</param>
    /// <param name="name">Which one; null for the newest.</param>
    /// <param name="checkOnly">Change nothing.</param>
    /// <param name="progress">Told now and then; null for nobody.</param>
    /// <param name="cancellationToken">Ends it; call again to go on.</param>
    /// <exception cref="BackupException">No such backup, a damaged one, one of another kind of database, or the target is not empty.</exception>
    /// <exception cref="StorageUnavailableException">Source or target fail; run it again.</exception>
    public async Task<RestoreReport> RestoreAsync(string folder, string? name, bool checkOnly, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var place = new BackupPlace(folder, _durability, _time);
        progress?.Report(new MaintenanceProgress("checking the backup", 0, 0));
        var manifest = await place.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        if (manifest.Provider != _database.Provider && !checkOnly)
            throw new BackupException($"Backup {manifest.Name} is of a {manifest.Provider} database and can be restored into one of that kind only, not into {_database.Provider}.");

        var from = place.FolderOf(manifest.Name);
        if (!checkOnly)
            await MarkAsync(manifest.Name, cancellationToken).ConfigureAwait(false);
        var copy = new ContentCopy(place.Blobs, checkOnly ? null : _blobs);
        await copy.RunAsync(ContentList.ReadAsync(Path.Combine(from, BackupParts.Database), cancellationToken), manifest.Segments, checkOnly ? "checking contents" : "restoring contents", progress, cancellationToken).ConfigureAwait(false);
        if (!checkOnly)
        {
            DataFolder.Guard("restore the journals", () => _files.Restore(Path.Combine(from, BackupParts.Journals), _folder.Active));
            DataFolder.Guard("restore the data folder", () => _files.Restore(Path.Combine(from, BackupParts.Files), _folder.Root));
            await _database.RestoreAsync(Path.Combine(from, BackupParts.Database), manifest.Migration, progress, cancellationToken).ConfigureAwait(false);
            await _migrator.MigrateAsync(cancellationToken).ConfigureAwait(false);
            DataFolder.Guard("remove the mark", () => File.Delete(_folder.Restoring));
            _durability.FlushDirectory(_folder.Root);
        }

        return new RestoreReport(manifest, checkOnly, copy.Copied + copy.Present, [.. copy.Damaged]);
    }

    // The mark says which backup has begun: only that one may find what it has restored so far.
    private async Task MarkAsync(string name, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder.Root);
        if (File.Exists(_folder.Restoring) && await File.ReadAllTextAsync(_folder.Restoring, cancellationToken).ConfigureAwait(false) == name)
            return;
        if (_files.FindContent() is { } files)
            throw NotEmpty(files);
        if (await _database.FindContentAsync(cancellationToken).ConfigureAwait(false) is { } rows)
            throw NotEmpty(rows);
        using var text = new MemoryStream(Encoding.ASCII.GetBytes(name));
        DataFolder.Guard("mark the data folder", () => DurableCopy.Write(text, _folder.Restoring, _durability));
    }

    private static BackupException NotEmpty(string what) => new($"Nothing was restored: {what}. Restore into an empty data folder and an empty database, and stop the operator that uses them.");
}
