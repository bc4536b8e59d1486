namespace Causality.Protocol.Identity;

/// <summary>Sees to it that nobody but its owner can read a private key.</summary>
internal static class KeyFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Takes the rights of others away, where there are any.</summary>
    /// <returns>True when there were.</returns>
    /// <exception cref="IdentityException">They cannot be taken away: the file belongs to somebody else.</exception>
    public static bool Close(string path)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~OwnerOnly) == 0)
            return false;
        try
        {
            File.SetUnixFileMode(path, OwnerOnly);
            return true;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IdentityException($"Others can read the private key '{path}', and this user may not change that: run chmod 600 as its owner, and rotate the key if it may have been copied.", exception);
        }
    }
}
