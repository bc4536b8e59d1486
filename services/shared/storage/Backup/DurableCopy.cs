using System.Security.Cryptography;
using Causality.Storage.Native;

namespace Causality.Storage.Backup;

/// <summary>Copies files so that the copy is durable, and known, when the call returns.</summary>
internal static class DurableCopy
{
    private const int BufferBytes = 1024 * 1024;

    /// <summary>Copies a file; a crash leaves the old target, or none, or the whole new one.</summary>
    /// <exception cref="IOException">Source or target refuse.</exception>
    /// <exception cref="StorageUnavailableException">The disk does not make it durable.</exception>
    public static void Write(string source, string target, IDurability durability, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        using var from = File.OpenRead(source);
        Write(from, target, durability, mode);
    }

    /// <summary>The same from a stream.</summary>
    public static void Write(Stream source, string target, IDurability durability, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var temporary = target + ".tmp";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using (var to = new FileStream(temporary, options))
        {
            source.CopyTo(to, BufferBytes);
            durability.FlushFile(to.SafeFileHandle, temporary);
        }

        File.Move(temporary, target, overwrite: true);
        durability.FlushDirectory(Path.GetDirectoryName(target)!);
    }

    /// <summary>The SHA-256 of a file, in hexadecimal.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, useAsync: true);
        await using (file.ConfigureAwait(false))
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }
}
