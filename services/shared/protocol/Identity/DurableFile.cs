using System.Text;

namespace Causality.Protocol.Identity;

/// <summary>Writes small files so that a reader sees all of the file or nothing.</summary>
internal static class DurableFile
{
    public static void Write(string path, string text, UnixFileMode mode)
    {
        var temporary = path + ".tmp";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;

        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        // Flush above swallows errors of the disk; reading back catches a file that did not take the bytes.
        if (File.ReadAllText(temporary) != text)
            throw new IOException($"'{temporary}' does not hold what was written to it.");

        File.Move(temporary, path, overwrite: true);
    }
}
