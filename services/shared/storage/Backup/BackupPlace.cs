using System.Text.Json;
using Causality.Storage.Blobs;
using Causality.Storage.Native;

namespace Causality.Storage.Backup;

/// <summary>A folder that holds backups of one operator: <c>blobs/</c> with the contents of all of them, and <c>backups/NAME/</c> with what is each one's own.</summary>
/// <remarks>
/// A backup is made in <c>backups/NAME.partial</c> and renamed at its end, so one that was interrupted never counts; its contents are kept for the next.
/// </remarks>
internal sealed class BackupPlace(string root, IDurability durability, TimeProvider time)
{
    private const string Partial = ".partial";
    private const string ManifestFile = "manifest.json";
    private const string ManifestHashFile = "manifest.json.sha256";

    private readonly DataFolder _folder = DataFolder.At(root, durability);

    public string Root => _folder.Root;

    /// <summary>The contents of all backups.</summary>
    public ISegmentStore Blobs => field ??= new FolderSegmentStore(_folder, new BlobBatchWriter(_folder, durability), time);

    private string Backups => Path.Combine(Root, "backups");

    /// <summary>Keeps other backups out until disposed, and clears away what interrupted ones have left.</summary>
    /// <exception cref="BackupException">Another one is running.</exception>
    /// <exception cref="StorageUnavailableException">The folder cannot be used.</exception>
    public IDisposable Lock()
    {
        DataFolder.Guard($"make the folder '{Backups}'", () => Directory.CreateDirectory(Root));
        _folder.MakeDurable(Backups);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(Root, "backup.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new BackupException($"Another backup into '{Root}' is running: {e.Message} Wait for its end.", e);
        }

        DataFolder.Guard("clear interrupted backups away", () =>
        {
            foreach (var left in Directory.EnumerateDirectories(Backups, "*" + Partial))
                Directory.Delete(left, recursive: true);
        });
        return held;
    }

    /// <summary>Makes the folder of a new backup, readable by its owner only: it will hold the operator's key.</summary>
    public string Begin(string name)
    {
        var folder = Path.Combine(Backups, name + Partial);
        DataFolder.Guard($"make the folder '{folder}'", () => _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        return folder;
    }

    /// <summary>Writes the manifest, makes everything durable and gives the backup its name.</summary>
    public async Task<string> EndAsync(string folder, BackupManifest manifest, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ManifestFile);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(manifest, BackupManifest.Json) + "\n", cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(folder, ManifestHashFile), $"{await DurableCopy.HashAsync(path, cancellationToken).ConfigureAwait(false)}  {ManifestFile}\n", cancellationToken).ConfigureAwait(false);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var written = NativeFile.OpenForFlush(file);
            durability.FlushFile(written, file);
        }

        foreach (var inside in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
            durability.FlushDirectory(inside);
        var target = folder[..^Partial.Length];
        DataFolder.Guard($"name the backup '{target}'", () => Directory.Move(folder, target));
        durability.FlushDirectory(Backups);
        return target;
    }

    /// <summary>The names of the complete backups, the oldest first.</summary>
    public IReadOnlyList<string> List() => Directory.Exists(Backups)
        ? [.. Directory.EnumerateDirectories(Backups).Where(folder => File.Exists(Path.Combine(folder, ManifestFile)) && !folder.EndsWith(Partial, StringComparison.Ordinal)).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The folder of a backup.</summary>
    public string FolderOf(string name) => Path.Combine(Backups, name);

    /// <summary>Reads a backup's manifest and checks it and every file that it names.</summary>
    /// <param name="name">One of <see cref="List"/>; null for the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackupException">There is none, it is of another layout, or a file is not what the manifest says.</exception>
    public async Task<BackupManifest> OpenAsync(string? name, CancellationToken cancellationToken)
    {
        var names = List();
        name ??= names.Count > 0 ? names[^1] : throw new BackupException($"'{Root}' holds no complete backup; 'causality backup' makes one.");
        if (!names.Contains(name))
            throw new BackupException($"'{Root}' holds no backup '{name}'; it holds {(names.Count == 0 ? "none" : string.Join(", ", names))}.");

        var folder = FolderOf(name);
        var expected = (await File.ReadAllTextAsync(Path.Combine(folder, ManifestHashFile), cancellationToken).ConfigureAwait(false)).Split(' ')[0];
        if (await DurableCopy.HashAsync(Path.Combine(folder, ManifestFile), cancellationToken).ConfigureAwait(false) != expected)
            throw Damaged(folder, ManifestFile);
        var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllBytesAsync(Path.Combine(folder, ManifestFile), cancellationToken).ConfigureAwait(false), BackupManifest.Json)!;
        if (manifest.Format != BackupManifest.CurrentFormat)
            throw new BackupException($"'{folder}' is laid out as '{manifest.Format}'; this program reads '{BackupManifest.CurrentFormat}'. Use the version that made it, or a later one.");
        foreach (var file in manifest.Files)
        {
            var path = Path.Combine(folder, file.Path);
            if (!File.Exists(path) || await DurableCopy.HashAsync(path, cancellationToken).ConfigureAwait(false) != file.Sha256)
                throw Damaged(folder, file.Path);
        }

        return manifest;
    }

    private static BackupException Damaged(string folder, string file) =>
        new($"'{Path.Combine(folder, file)}' is missing or not what the manifest says: this backup is damaged. Take an earlier one ('--name').");
}
