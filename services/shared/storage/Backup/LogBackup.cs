using System.Globalization;
using Causality.Storage.Blobs;
using Causality.Storage.Maintenance;
using Causality.Storage.Native;

namespace Causality.Storage.Backup;

/// <summary>Makes backups of an operator, running or stopped: everything that it needs to go on elsewhere as itself.</summary>
/// <remarks>
/// Order: sweeping is held off, the journals, then a snapshot of the database, then the contents that the snapshot points at (immutable, so nobody can change
/// one meanwhile), then the rest of the data folder, and the manifest last. What was acknowledged before the call began is in it; messages of the broker are
/// not, the database brings them back.
/// </remarks>
public sealed class LogBackup
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly IDatabaseSnapshot _database;
    private readonly DataFolderFiles _files;
    private readonly ISegmentStore _blobs;
    private readonly StoreHold _hold;
    private readonly IDurability _durability;
    private readonly TimeProvider _time;

    internal LogBackup(IDatabaseSnapshot database, DataFolderFiles files, ISegmentStore blobs, StoreHold hold, IDurability durability, TimeProvider time) =>
        (_database, _files, _blobs, _hold, _durability, _time) = (database, files, blobs, hold, durability, time);

    /// <summary>Makes a backup. Contents that the folder has from earlier backups are not copied again.</summary>
    /// <param name="folder">Where this operator's backups are kept; made when missing.</param>
    /// <param name="keep">Remove backups beyond this many, and the contents that only they needed; null to keep all.</param>
    /// <param name="progress">Told now and then; null for nobody.</param>
    /// <param name="cancellationToken">Ends it; an unfinished backup does not count.</param>
    /// <exception cref="BackupException">Another backup into the folder is running.</exception>
    /// <exception cref="StorageUnavailableException">Source or target fail; run it again.</exception>
    public async Task<BackupReport> BackUpAsync(string folder, int? keep = null, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var place = new BackupPlace(folder, _durability, _time);
        using var alone = place.Lock();
        using var held = await _hold.ShareAsync(Patience, cancellationToken).ConfigureAwait(false);
        var createdAt = _time.GetUtcNow();
        var name = createdAt.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var part = place.Begin(name);
        DataFolder.Guard("copy the journals", () => _files.CopyJournals(Path.Combine(part, BackupParts.Journals)));
        var content = await _database.TakeAsync(Directory.CreateDirectory(Path.Combine(part, BackupParts.Database)).FullName, progress, cancellationToken).ConfigureAwait(false);
        var copy = new ContentCopy(_blobs, place.Blobs);
        await copy.RunAsync(ContentList.ReadAsync(Path.Combine(part, BackupParts.Database), cancellationToken), content.Head.SegmentCount, "copying contents", progress, cancellationToken).ConfigureAwait(false);
        DataFolder.Guard("copy the data folder", () => _files.CopyOthers(Path.Combine(part, BackupParts.Files)));
        var manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            Name = name,
            CreatedAt = createdAt,
            Provider = _database.Provider,
            Migration = content.Migration,
            LogVersion = content.Head.Version,
            Root = content.Head.Fingerprint.ToRoot(),
            Segments = content.Head.SegmentCount,
            Entries = content.Head.EntryCount,
            SizeBytes = content.Head.SizeBytes,
            Damaged = [.. copy.Damaged],
            Files = await DescribeAsync(part, cancellationToken).ConfigureAwait(false),
        };
        var target = await place.EndAsync(part, manifest, cancellationToken).ConfigureAwait(false);
        _files.NoteBackup(_time.GetUtcNow());
        if (keep is { } count)
            await new BackupPruning(place).RunAsync(count, cancellationToken).ConfigureAwait(false);
        return new BackupReport(manifest, target, copy.Copied, copy.CopiedBytes, copy.Present);
    }

    private static async Task<List<BackupFile>> DescribeAsync(string part, CancellationToken cancellationToken)
    {
        var files = new List<BackupFile>();
        foreach (var path in Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            files.Add(new BackupFile(Path.GetRelativePath(part, path).Replace('\\', '/'), new FileInfo(path).Length, await DurableCopy.HashAsync(path, cancellationToken).ConfigureAwait(false)));
        return files;
    }
}
