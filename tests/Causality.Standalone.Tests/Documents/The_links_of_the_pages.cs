using System.Text.RegularExpressions;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.Documents;

/// <summary>Whatever a page points at is there.</summary>
public sealed partial class The_links_of_the_pages
{
    /// <summary>What a script makes and nobody commits.</summary>
    private static readonly string[] Made = ["infra/compose/secrets", "infra/k8s/components/secrets/files"];

    [Fact]
    public void Lead_to_files_and_headings() => MarkdownPage.All.SelectMany(page => page.Links.Select(link => FaultOf(page, link.Number, link.Target)).OfType<string>()).ShouldBeEmpty();

    [Fact]
    public void So_do_paths_that_are_named() => MarkdownPage.All.SelectMany(page => page.Quoted.Concat(page.Code)
        .SelectMany(code => RepositoryPath().Matches(code.Text).Select(match => (code.Number, Path: match.Value.TrimEnd('.', ','))))
        .Where(named => !Made.Any(made => named.Path == made || named.Path.StartsWith(made + "/", StringComparison.Ordinal)) && !Exists(named.Path) && !Exists(Path.Combine(Path.GetDirectoryName(page.Path)!, named.Path)))
        .Select(named => $"{page.Path}:{named.Number} names {named.Path}, which is not there")).ShouldBeEmpty();

    [Theory]
    [InlineData("see [that](docs/absent.md)")]
    [InlineData("see [that](docs/operations.md#absent)")]
    [InlineData("see [that](#absent)")]
    public void Are_told_when_they_lead_nowhere(string line)
    {
        var page = new MarkdownPage("README.md", ["# A page", line]);

        page.Links.Select(link => FaultOf(page, link.Number, link.Target)).ShouldHaveSingleItem().ShouldNotBeNull().ShouldStartWith("README.md:2");
    }

    [Fact]
    public void Are_found_in_every_page()
    {
        MarkdownPage.All.Count.ShouldBeGreaterThan(40);
        MarkdownPage.All.Single(page => page.Path == "README.md").Links.Count().ShouldBeGreaterThan(4);
        MarkdownPage.All.Single(page => page.Path == "docs/operations.md").Anchors.ShouldContain("keep-contents-in-s3");
    }

    private static string? FaultOf(MarkdownPage page, int number, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            return null;
        var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, "");
        var place = path.Length == 0 ? page.Path : Path.GetRelativePath(BuiltPrograms.RepositoryRoot, Path.GetFullPath(Path.Combine(BuiltPrograms.RepositoryRoot, Path.GetDirectoryName(page.Path)!, path)));
        if (!Exists(place) && path.Length > 0)
            return $"{page.Path}:{number} links to {target}: there is no {place}";
        if (anchor.Length == 0)
            return null;
        var pointed = path.Length == 0 ? page : MarkdownPage.All.FirstOrDefault(other => other.Path == place);
        return pointed?.Anchors.Contains(anchor) == true ? null : $"{page.Path}:{number} links to {target}: {place} has no heading of that name";
    }

    private static bool Exists(string path) => Path.Combine(BuiltPrograms.RepositoryRoot, path) is var whole && (File.Exists(whole) || Directory.Exists(whole));

    // A path ends where a placeholder begins; made files (a build's, a secret) are not named below these folders.
    [GeneratedRegex(@"(?<![\w./:-])(?:contracts|docs|examples|infra|services|tests)/[\w./-]*\w(?![\w*{<]|\.\*)")]
    private static partial Regex RepositoryPath();
}
