using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Causality.Standalone.Commands;

namespace Causality.Standalone.Tests.Documents;

/// <summary>Every <c>causality …</c> that a page tells people to type is one that the program understands.</summary>
public sealed partial class The_commands_of_the_pages
{
    private static readonly RootCommand Root = CommandTree.Create();

    /// <summary>Values that stand for what a reader fills in.</summary>
    private static readonly Dictionary<string, string> Placeholders = new()
    {
        ["MS"] = "0",
        ["N"] = "5",
        ["HEX"] = new string('a', 64),
        ["OLD"] = new string('a', 64),
        ["NEW"] = new string('b', 64),
        ["HOST:PORT"] = "host:7443",
        ["https://HOST:PORT"] = "https://host:7443",
        ["URI"] = "amqp://host",
        ["PREFIX,…"] = "orders-",
    };

    [Fact]
    public void Are_understood() => MarkdownPage.All.SelectMany(page => LinesOf(page).Select(line => FaultOf(line.Text) is { } fault ? $"{page.Path}:{line.Number}: {line.Text}: {fault}" : null)).OfType<string>().ShouldBeEmpty();

    [Fact]
    public void Are_found()
    {
        var lines = MarkdownPage.All.SelectMany(LinesOf).Select(line => line.Text).ToList();

        lines.Count.ShouldBeGreaterThan(80);
        lines.ShouldContain("serve --id operator-a --data ./data-a --url http://127.0.0.1:7070 --peer-url https://0.0.0.0:7443");
        lines.ShouldContain(line => line.StartsWith("peers add ID --address", StringComparison.Ordinal), "the table of the README");
    }

    [Theory]
    [InlineData("verify --mend")]
    [InlineData("peers forget operator-b")]
    [InlineData("sync PEER --limit many")]
    [InlineData("backup --data FOLDER")]
    public void Are_told_when_they_are_not(string line) => FaultOf(line).ShouldNotBeNull();

    private static string? FaultOf(string line)
    {
        var words = CommandLineParser.SplitCommandLine(line.Replace("[", "").Replace("]", "")).Select(word => Placeholders.GetValueOrDefault(word, word)).ToList();
        var parsed = Root.Parse(words);
        var path = parsed.CommandResult.Command;
        if (path == Root)
            return "no such command";

        // A page may name a command without saying what it is given.
        var isNamed = words.All(word => !word.StartsWith('-')) && parsed.CommandResult.Children.All(child => child is not ArgumentResult { Tokens.Count: > 0 });
        var faults = parsed.Errors.Where(error => !isNamed || parsed.UnmatchedTokens.Count > 0).Select(error => error.Message)
            .Concat(parsed.UnmatchedTokens.Where(word => !IsSetting(word)).Select(word => $"'{word}' is not understood"));
        return string.Join(" ", faults) is { Length: > 0 } fault ? fault : null;
    }

    // Commands that open the store, and serve, take settings as --Section:Name=value.
    private static bool IsSetting(string word) => word.StartsWith("--", StringComparison.Ordinal) && word.Contains(':', StringComparison.Ordinal) && word.Contains('=', StringComparison.Ordinal);

    /// <summary>In the README's table of commands the program's name is left out, and one cell may hold several.</summary>
    private static IEnumerable<(int Number, string Text)> LinesOf(MarkdownPage page)
    {
        foreach (var (number, text) in page.Quoted.Concat(page.Code))
        {
            foreach (Match match in CommandLine().Matches(text))
                yield return (number, Comment().Replace(match.Groups[1].Value, "").Trim());
        }

        var inTable = false;
        foreach (var (number, text) in page.Prose)
        {
            inTable = text.StartsWith("| command of `causality`", StringComparison.Ordinal) || (inTable && text.StartsWith('|'));
            if (!inTable || text.StartsWith("| command", StringComparison.Ordinal) || text.StartsWith("|---", StringComparison.Ordinal))
                continue;
            var cell = text.Split('|')[1];
            var group = "";
            foreach (Match match in Quoted().Matches(cell))
            {
                var line = match.Groups[1].Value;
                // `conflicts list`, `show`: the second is below the first one's group; `--activate` goes on with the line before.
                if (line.StartsWith('-'))
                    continue;
                var first = line.Split(' ')[0];
                if (Root.Subcommands.FirstOrDefault(command => command.Name == first) is { } command)
                    group = command.Subcommands.Count > 0 ? first : "";
                else
                    line = $"{group} {line}".Trim();
                yield return (number, line);
            }
        }
    }

    [GeneratedRegex(@"(?:^(?:[A-Z_]+=\S+ )*causality |run --rm causality |-- causality |services/standalone -- )([a-z]+(?![\w=])(?: [^|>;&)]*)?)")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"\s+#.*$|\s+>\s*\S+$")]
    private static partial Regex Comment();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
