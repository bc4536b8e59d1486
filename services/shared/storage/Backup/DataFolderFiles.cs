using Causality.Storage.Blobs;
using Causality.Storage.Native;
using Causality.Storage.Observing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Backup;

/// <summary>The files of a data folder that belong into a backup as they are: the identity, journals, and whatever else stands there beside blobs and database.</summary>
internal sealed class DataFolderFiles(DataFolder folder, IOptions<StorageOptions> options, IDurability durability)
{
    /// <summary>Notes that a backup was completed, for <c>causality_backup_last_success_timestamp_seconds</c>.</summary>
    public void NoteBackup(DateTimeOffset completedAt) => BackupMark.Write(folder.Root, completedAt);

    /// <summary>Copies the journals of active segments.</summary>
    /// <remarks>
    /// Before the snapshot of the database: what was acknowledged until now stands in a journal, or its segment is in the snapshot. The last frame may be half
    /// written; it was not acknowledged, and whoever adopts the journal drops it.
    /// </remarks>
    public void CopyJournals(string target)
    {
        if (!Directory.Exists(folder.Active))
            return;

        Directory.CreateDirectory(target);
        foreach (var path in Directory.EnumerateFiles(folder.Active, "*.journal"))
        {
            if (!File.Exists(path))
                continue;

            // By descriptor: a managed open would ask for a lock, which the journal's writer has.
            using var source = TryOpen(path);
            if (source is not null)
                DurableCopy.Write(source, Path.Combine(target, Path.GetFileName(path)), durability);
        }
    }

    /// <summary>Copies the rest.</summary>
    public void CopyOthers(string target)
    {
        foreach (var path in Directory.EnumerateFiles(folder.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (!BelongsToBackup(path))
                continue;
            var copy = Path.Combine(target, Path.GetRelativePath(folder.Root, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            DurableCopy.Write(path, copy, durability, OperatingSystem.IsWindows() ? UnixFileMode.UserRead : File.GetUnixFileMode(path));
        }
    }

    /// <summary>Puts back what <see cref="CopyJournals"/> and <see cref="CopyOthers"/> have copied; again is harmless.</summary>
    public void Restore(string source, string target)
    {
        if (!Directory.Exists(source))
            return;

        folder.MakeDurable(target);
        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, path));
            folder.MakeDurable(Path.GetDirectoryName(copy)!);
            DurableCopy.Write(path, copy, durability, OperatingSystem.IsWindows() ? UnixFileMode.UserRead : File.GetUnixFileMode(path));
        }
    }

    /// <summary>Says what is in the way of restoring into the folder, or null when it is empty.</summary>
    public string? FindContent() =>
        Directory.Exists(folder.Active) && Directory.EnumerateFiles(folder.Active).Any() ? $"'{folder.Active}' holds journals"
        : Directory.Exists(Path.Combine(folder.Root, "identity")) ? $"'{folder.Root}' holds an identity"
        : null;

    private bool BelongsToBackup(string path)
    {
        var name = Path.GetFileName(path);
        var relative = Path.GetRelativePath(folder.Root, path);
        return !relative.StartsWith("blobs" + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !relative.StartsWith("active" + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && path != folder.Hold && path != folder.Restoring
            && !name.EndsWith(".lock", StringComparison.Ordinal) && !name.EndsWith(".tmp", StringComparison.Ordinal)
            && (DatabaseFile() is not { } database || !path.StartsWith(database, StringComparison.Ordinal));
    }

    private string? DatabaseFile()
    {
        if (options.Value.Provider != DatabaseProvider.Sqlite)
            return null;
        var named = new SqliteConnectionStringBuilder(options.Value.ConnectionString ?? "").DataSource;
        return named.Length == 0 ? Path.Combine(folder.Root, "causality.db") : Path.GetFullPath(named);
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(NativeFile.OpenForFlush(path), FileAccess.Read);
        }
        catch (StorageUnavailableException) when (!File.Exists(path))
        {
            return null; // Published to the end, and deleted, a moment ago: the snapshot has it.
        }
    }
}
