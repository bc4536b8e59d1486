using System.Text.RegularExpressions;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.Documents;

/// <summary>A page of the repository.</summary>
/// <param name="Path">Relative to the repository's folder.</param>
/// <param name="Lines">As they stand.</param>
internal sealed partial record MarkdownPage(string Path, IReadOnlyList<string> Lines)
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules"];

    /// <summary>Every page, those of tomorrow included.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } = [.. Find(BuiltPrograms.RepositoryRoot).Order(StringComparer.Ordinal).Select(path => new MarkdownPage(System.IO.Path.GetRelativePath(BuiltPrograms.RepositoryRoot, path), File.ReadAllLines(path)))];

    /// <summary>Lines outside of blocks of code, counted from 1.</summary>
    public IEnumerable<(int Number, string Text)> Prose => Split().Where(line => !line.IsCode).Select(line => (line.Number, line.Text));

    /// <summary>Lines in blocks of code, with those put together that a backslash continues.</summary>
    public IEnumerable<(int Number, string Text)> Code
    {
        get
        {
            var (begun, number) = ("", 0);
            foreach (var (at, text, _) in Split().Where(line => line.IsCode))
            {
                (begun, number) = (begun + text.TrimEnd('\\'), begun.Length == 0 ? at : number);
                if (text.EndsWith('\\'))
                    continue;
                yield return (number, begun.Trim());
                begun = "";
            }
        }
    }

    /// <summary>What stands between backticks in the prose.</summary>
    public IEnumerable<(int Number, string Text)> Quoted => Prose.SelectMany(line => InlineCode().Matches(line.Text).Select(match => (line.Number, match.Groups[1].Value)));

    /// <summary>Targets of links and pictures.</summary>
    public IEnumerable<(int Number, string Target)> Links => Prose.SelectMany(line => Link().Matches(InlineCode().Replace(line.Text, "")).Select(match => (line.Number, match.Groups[1].Value)));

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IReadOnlySet<string> Anchors => Prose.Where(line => Heading().IsMatch(line.Text)).Select(line => Anchor(line.Text.TrimStart('#').Trim())).ToHashSet();

    private static string Anchor(string heading) => string.Concat(heading.ToLowerInvariant().Replace(' ', '-').Where(character => char.IsLetterOrDigit(character) || character is '-' or '_'));

    private static IEnumerable<string> Find(string folder) => Directory.EnumerateFiles(folder, "*.md").Concat(Directory.EnumerateDirectories(folder)
        .Where(below => System.IO.Path.GetFileName(below) is var name && !name.StartsWith('.') && !NotOurs.Contains(name)).SelectMany(Find));

    private IEnumerable<(int Number, string Text, bool IsCode)> Split()
    {
        var isCode = false;
        for (var index = 0; index < Lines.Count; index++)
        {
            if (Lines[index].TrimStart().StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else
                yield return (index + 1, Lines[index], isCode);
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();
}
