using System.IO.Compression;
using System.Text;

namespace Causality.TestKit.Processes;

/// <summary>Real log lines where they are at hand, made-up ones elsewhere.</summary>
/// <remarks>The folder is named by <c>CAUSALITY_SHARED</c>, else it is <c>shared</c> beside the repository.</remarks>
public static class SharedLines
{
    private const string File = "data/commits.jsonl.gz";

    /// <summary>The file's path, or null where it is missing.</summary>
    public static string? Path { get; } = Find();

    /// <summary>For test output: where the lines come from.</summary>
    public static string Source => Path is null ? "made-up entries (set CAUSALITY_SHARED to test on real ones)" : File;

    /// <summary>Up to <paramref name="limit"/> lines, without their ends.</summary>
    public static List<string> Read(int limit)
    {
        if (Path is not { } path)
            return [.. Enumerable.Range(0, Math.Min(limit, 10_000)).Select(Make)];

        using var text = new StreamReader(new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        var lines = new List<string>();
        while (lines.Count < limit && text.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }

    private static string Make(int number) =>
        $$"""{"id":"made-{{number}}","timestamp":{{1_700_000_000_000 + (number / 3)}},"entry_type":"fact","data":{"number":{{number}},"text":"größer \"{{number}}\""},"trace_id":"made"}""";

    private static string? Find()
    {
        string[] folders = Environment.GetEnvironmentVariable("CAUSALITY_SHARED") is { Length: > 0 } named
            ? [named]
            : [System.IO.Path.Combine(BuiltPrograms.RepositoryRoot, "..", "shared")];
        return folders.Select(folder => System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, File))).FirstOrDefault(System.IO.File.Exists);
    }
}
