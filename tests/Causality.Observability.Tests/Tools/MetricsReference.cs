using System.Text.RegularExpressions;
using Causality.TestKit.Processes;

namespace Causality.Observability.Tests.Tools;

/// <summary>The list in <c>infra/prometheus/README.md</c>.</summary>
internal static partial class MetricsReference
{
    public static string Folder => Path.Combine(BuiltPrograms.RepositoryRoot, "infra", "prometheus");

    /// <summary>The project's metrics with their type, ascending by name.</summary>
    public static IReadOnlyList<(string Name, string Type)> Ours { get; } =
        [.. Row().Matches(File.ReadAllText(Path.Combine(Folder, "README.md"))).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).OrderBy(row => row.Item1, StringComparer.Ordinal)];

    [GeneratedRegex("^\\| `(causality_[a-z_]+)` \\| ([a-z]+) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
