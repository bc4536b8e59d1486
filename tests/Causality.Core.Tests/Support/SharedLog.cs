using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Causality.Core.Tests.Support;

/// <summary>Real log lines where they are at hand, generated ones elsewhere.</summary>
/// <remarks>The folder is named by <c>CAUSALITY_SHARED</c>, else it is <c>../shared</c> beside the repository.</remarks>
internal static class SharedLog
{
    private const string FileName = "data/commits.jsonl.gz";

    /// <summary>The lines without their ends, and where they come from, fit for test output.</summary>
    public static (List<byte[]> Lines, string Source) Read(int limit = int.MaxValue)
    {
        if (Find() is not { } path)
            return (Generate(Math.Min(limit, 5_000)), "generated lines (set CAUSALITY_SHARED to test on real ones)");

        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        var lines = new List<byte[]>();
        while (lines.Count < limit && text.ReadLine() is { } line)
            lines.Add(Encoding.UTF8.GetBytes(line));
        return (lines, FileName);
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("CAUSALITY_SHARED");
        var folders = named is null ? Beside() : [named];
        return folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);
    }

    // Seen from the sources and from the built tests, because either may have been moved.
    private static string[] Beside([CallerFilePath] string source = "") =>
    [
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../../shared")),
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../../shared")),
    ];

    private static List<byte[]> Generate(int count) =>
        [.. Enumerable.Range(0, count).Select(number => Encoding.UTF8.GetBytes(
            $$"""{"id":"made-{{number}}","timestamp":{{1_700_000_000_000 + (number / 3)}},"entry_type":"fact","data":{"number":{{number}},"text":"größer \"{{number}}\""},"trace_id":"made"}"""))];
}
