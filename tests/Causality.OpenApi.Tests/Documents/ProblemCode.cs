using System.Text.RegularExpressions;
using Causality.Contracts.Http;
using Causality.TestKit.Processes;

namespace Causality.OpenApi.Tests.Documents;

/// <summary>A problem type with a status that it is answered with.</summary>
/// <param name="Slug">What stands behind <see cref="ProblemTypes.Prefix"/>.</param>
/// <param name="Status">HTTP status.</param>
internal sealed partial record ProblemCode(string Slug, int Status) : IComparable<ProblemCode>
{
    private static readonly Dictionary<string, string> Slugs = typeof(ProblemTypes).GetFields().Where(field => field.Name != nameof(ProblemTypes.Prefix))
        .ToDictionary(field => field.Name, field => ((string)field.GetRawConstantValue()!)[ProblemTypes.Prefix.Length..]);

    /// <summary>The catalogue: every type that the code may name.</summary>
    public static IReadOnlyCollection<string> Catalogue => Slugs.Values;

    /// <summary>Every pair of status and type in the sources of the services: a type is always named next to its status.</summary>
    public static IReadOnlyList<ProblemCode> InCode() =>
    [
        .. Sources().SelectMany(source => StatusThenType().Matches(source.Text)).Select(match => new ProblemCode(Slugs[match.Groups[2].Value], int.Parse(match.Groups[1].Value, null)))
            .Concat(Sources().SelectMany(source => TypeForStatus().Matches(source.Text)).Select(match => new ProblemCode(Slugs[match.Groups[2].Value], int.Parse(match.Groups[1].Value, null))))
            .Append(new ProblemCode(Slugs[nameof(ProblemTypes.InternalError)], 500)).Append(new ProblemCode(Slugs[nameof(ProblemTypes.BadRequest)], 400)).Distinct().Order(),
    ];

    /// <summary>Places that make a type up instead of taking it from the catalogue.</summary>
    public static IReadOnlyList<string> MadeUp() => [.. Sources().Where(source => source.Text.Contains("ProblemTypes.Prefix +", StringComparison.Ordinal) || source.Text.Contains("\"urn:causality:problem:", StringComparison.Ordinal)).Select(source => source.Path)];

    /// <summary>The rows of a table of the protocol's page.</summary>
    /// <param name="number">0 for what peers are answered, 1 for what the operator's own people are answered besides.</param>
    public static IReadOnlyList<ProblemCode> OnPage(int number)
    {
        var lines = File.ReadAllLines(Path.Combine(BuiltPrograms.RepositoryRoot, "contracts", "sync-protocol-v1.md"));
        var heads = Enumerable.Range(0, lines.Length).Where(line => lines[line] == "| status | type | when |").ToList();
        return [.. lines.Skip(heads[number] + 2).TakeWhile(line => line.StartsWith('|')).SelectMany(line => Quoted().Matches(line.Split('|')[2]).Select(match => new ProblemCode(match.Groups[1].Value, int.Parse(line.Split('|')[1], null)))).Order()];
    }

    /// <summary>What a document's <c>ProblemType</c> lists.</summary>
    public static IReadOnlyList<ProblemCode> In(OpenApiFile document) =>
    [
        .. document.Schemas["ProblemType"]!["oneOf"]!.AsArray().SelectMany(type => type!["x-status"]!.AsArray()
            .Select(status => new ProblemCode(type["const"]!.GetValue<string>()[ProblemTypes.Prefix.Length..], (int)status!.GetValue<long>()))).Order(),
    ];

    public int CompareTo(ProblemCode? other) => (Status, Slug).CompareTo((other?.Status ?? 0, other?.Slug ?? ""));

    public override string ToString() => $"{Status} {Slug}";

    private static IEnumerable<(string Path, string Text)> Sources() => Directory.EnumerateFiles(Path.Combine(BuiltPrograms.RepositoryRoot, "services"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(path => (path, File.ReadAllText(path)));

    [GeneratedRegex(@"StatusCodes\.Status(\d{3})\w+,\s*ProblemTypes\.(?!Prefix)(\w+)")]
    private static partial Regex StatusThenType();

    [GeneratedRegex(@"StatusCodes\.Status(\d{3})\w+ => \(ProblemTypes\.(\w+),")]
    private static partial Regex TypeForStatus();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Quoted();
}
