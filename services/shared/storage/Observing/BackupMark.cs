using System.Globalization;
using Causality.Storage.Blobs;

namespace Causality.Storage.Observing;

/// <summary>When a backup of this operator was last completed: a file of the data folder, so that the process that looks need not be the one that backs up.</summary>
public static class BackupMark
{
    private const string Name = "last-backup";

    /// <summary>Notes a completed backup.</summary>
    /// <param name="dataFolder">The operator's data folder.</param>
    /// <param name="completedAt">When it was completed.</param>
    /// <exception cref="StorageUnavailableException">The folder does not take the file.</exception>
    public static void Write(string dataFolder, DateTimeOffset completedAt)
    {
        var path = Path.Combine(dataFolder, Name);
        DataFolder.Guard($"write '{path}'", () =>
        {
            File.WriteAllText(path + ".new", completedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            File.Move(path + ".new", path, overwrite: true);
        });
    }

    /// <summary>When the last one was completed; null if none was, or the file cannot be read.</summary>
    public static DateTimeOffset? Read(string dataFolder)
    {
        var path = Path.Combine(dataFolder, Name);
        return File.Exists(path) && long.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }
}
