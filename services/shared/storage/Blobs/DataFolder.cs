using Causality.Core;
using Causality.Storage.Native;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Blobs;

/// <summary>Names of everything below the data folder, and the making of durable folders in it.</summary>
/// <remarks>Names are built from hashes and checked ids only, never from what a peer wrote.</remarks>
internal sealed class DataFolder
{
    private readonly IDurability _durability;
    private readonly HashSet<string> _durable = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Opens the folder; it is made when its parent exists.</summary>
    public DataFolder(IOptions<StorageOptions> options, IDurability durability)
    {
        _durability = durability;
        Root = Path.GetFullPath(options.Value.DataFolder);
    }

    /// <summary>A folder that is laid out like an operator's: a place for backups.</summary>
    public static DataFolder At(string root, IDurability durability) => new(Options.Create(new StorageOptions { DataFolder = root }), durability);

    /// <summary>The folder itself, absolute.</summary>
    public string Root { get; }

    /// <summary>Where blobs stand, by their hash.</summary>
    public string Blobs => Path.Combine(Root, "blobs", "sha256");

    /// <summary>Where blobs are written before they get their name.</summary>
    public string Temporary => Path.Combine(Root, "blobs", "tmp");

    /// <summary>Where blobs go that turned out to be damaged.</summary>
    public string Damaged => Path.Combine(Root, "blobs", "damaged");

    /// <summary>The file that whoever removes blobs, and whoever must not lose any, lock.</summary>
    public string Hold => Path.Combine(Root, "store.hold");

    /// <summary>Stands while a backup is being restored into the folder.</summary>
    public string Restoring => Path.Combine(Root, "restoring");

    /// <summary>Where journals of active segments stand.</summary>
    public string Active => Path.Combine(Root, "active");

    /// <summary>The file of a blob: <c>blobs/sha256/ab/cd/abcd…</c>.</summary>
    public string BlobPath(ContentHash hash)
    {
        var hex = hash.ToString();
        return Path.Combine(Blobs, hex[..2], hex[2..4], hex);
    }

    /// <summary>The file of an active segment's journal.</summary>
    public string JournalPath(SegmentId id) => Path.Combine(Active, id.Value + ".journal");

    /// <summary>Makes a folder and every missing one above it, up to the root, and flushes each name into its parent once in the life of this process.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be made or flushed.</exception>
    public void MakeDurable(string folder)
    {
        lock (_lock)
        {
            if (_durable.Contains(folder))
                return;

            Guard($"make the folder '{folder}'", () => Directory.CreateDirectory(folder));
            // Top down, so that a folder never counts as durable before those above it. Another process may have made it a moment ago
            // without having flushed it yet, so existing ones are flushed as well.
            foreach (var name in NamesBelowRoot(folder))
            {
                if (_durable.Contains(name))
                    continue;

                _durability.FlushDirectory(Path.GetDirectoryName(name)!);
                _durable.Add(name);
            }
        }
    }

    /// <summary>Makes a folder whose name the caller will flush, by a barrier over the file system.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be made.</exception>
    public void Make(string folder)
    {
        lock (_lock)
        {
            if (_durable.Contains(folder))
                return;
        }

        Guard($"make the folder '{folder}'", () => Directory.CreateDirectory(folder));
    }

    /// <summary>Notes that a barrier has flushed these folders' names and those above them.</summary>
    public void MarkDurable(IEnumerable<string> folders)
    {
        lock (_lock)
        {
            foreach (var folder in folders)
                _durable.UnionWith(NamesBelowRoot(folder));
        }
    }

    /// <summary>Runs file operations and turns the system's errors into ours.</summary>
    /// <param name="what">Completes "cannot …".</param>
    /// <param name="action">The operations.</param>
    /// <exception cref="StorageUnavailableException">The system refused.</exception>
    public static void Guard(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(what, e);
        }
    }

    /// <summary>The error for a refusal of the system.</summary>
    public static StorageUnavailableException Unavailable(string what, Exception e) =>
        new($"Cannot {what}: {e.Message} Check that the data folder exists, is writable and has free space, then retry.", e);

    private Stack<string> NamesBelowRoot(string folder)
    {
        var names = new Stack<string>();
        for (var current = folder; current.Length > Root.Length; current = Path.GetDirectoryName(current)!)
            names.Push(current);
        return names;
    }
}
