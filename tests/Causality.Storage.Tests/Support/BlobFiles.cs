using Causality.Core;

namespace Causality.Storage.Tests.Support;

/// <summary>Does to blobs what disks do.</summary>
internal static class BlobFiles
{
    public static string PathOf(string folder, ContentHash hash)
    {
        var hex = hash.ToString();
        return Path.Combine(folder, "blobs", "sha256", hex[..2], hex[2..4], hex);
    }

    public static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    public static void Truncate(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }

    public static void Extend(string path) => File.AppendAllText(path, "more");

    public static void Delete(string path) => File.Delete(path);

    /// <summary>What no user can read as a file, root included.</summary>
    public static void MakeUnreadable(string path)
    {
        File.Delete(path);
        Directory.CreateDirectory(path);
    }
}
