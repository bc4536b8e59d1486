using System.Text.RegularExpressions;
using Causality.Contracts;

namespace Causality.Standalone.Tests.Documents;

/// <summary>Every setting that a page names exists.</summary>
public sealed partial class The_settings_of_the_pages
{
    private static readonly HashSet<string> Known = [.. Row().Matches(ConfigurationReference.Make()).Select(match => match.Groups[1].Value)];

    private static readonly HashSet<string> Sections = [.. Known.Select(setting => setting.Split(':')[0])];

    [Fact]
    public void Exist() => MarkdownPage.All.SelectMany(page => page.Quoted.Concat(page.Code).SelectMany(code => Named(code.Text).Where(setting => !IsKnown(setting)).Select(setting => $"{page.Path}:{code.Number}: there is no {setting}"))).ShouldBeEmpty();

    [Fact]
    public void Are_found()
    {
        var named = MarkdownPage.All.SelectMany(page => page.Quoted.Concat(page.Code)).SelectMany(code => Named(code.Text)).ToHashSet();

        named.ShouldContain("Sync:SyncTimeout");
        named.ShouldContain("Storage:S3:Bucket", "as a variable of the environment");
        IsKnown("Sync:SyncTimeOut").ShouldBeFalse();
    }

    [Fact]
    public void Reasons_of_syncs_are_all_explained()
    {
        var page = string.Join('\n', MarkdownPage.All.Single(page => page.Path == "docs/troubleshooting.md").Lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)));

        typeof(SyncReasons).GetFields().Select(field => (string)field.GetRawConstantValue()!).Where(reason => !page.Contains($"`{reason}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // An entry of a list or of a dictionary has more behind the setting's name.
    private static bool IsKnown(string setting) => Known.Contains(setting) || Known.Any(known => setting.StartsWith(known + ":", StringComparison.Ordinal) || known.StartsWith(setting + ":", StringComparison.Ordinal));

    private static IEnumerable<string> Named(string code) => Setting().Matches(code).Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).Where(setting => Sections.Contains(setting.Split(':')[0]));

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<![\w.:])([A-Z]\w+?(?:(?::|__)[A-Z]\w*?)+)(?![\w:])")]
    private static partial Regex Setting();
}
