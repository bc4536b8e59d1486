namespace Causality.SyncBenchmark;

/// <summary>Holds the folders of runs that are over until a piece of work is.</summary>
/// <remarks>ext4 gives no inode out again for a minute or more after its file was deleted, and looks through all of those at every new file: whoever runs next would pay for the tidying of the one before.</remarks>
internal sealed class Trash : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("causality-trash-").FullName;

    /// <summary>Takes a folder away from its place.</summary>
    public void Take(string folder)
    {
        Directory.Move(folder, Path.Combine(_folder, Guid.NewGuid().ToString("N")));
        Directory.CreateDirectory(folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
