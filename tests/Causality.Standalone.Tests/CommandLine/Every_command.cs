using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Causality.Standalone.Commands;
using Causality.Standalone.Commands.Help;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>What holds for all commands, those of tomorrow included.</summary>
public sealed partial class Every_command
{
    /// <summary>Commands that print nothing a program would parse, or whose output is a format of its own.</summary>
    private static readonly string[] WithoutJson = ["serve", "completion bash", "completion zsh", "completion fish"];

    private static readonly RootCommand Root = CommandTree.Create();

    private static readonly List<(string Path, Command Command)> All = [.. CommandTree.Walk(Root).Where(found => found.Path.Length > 0)];

    private static readonly List<(string Path, Command Command)> Runnable = [.. All.Where(found => found.Command.Subcommands.Count == 0)];

    [Fact]
    public void Says_what_it_does_and_so_do_its_options()
    {
        All.Where(found => string.IsNullOrWhiteSpace(found.Command.Description)).Select(found => found.Path).ShouldBeEmpty();
        All.SelectMany(found => found.Command.Options.Cast<Symbol>().Concat(found.Command.Arguments).Where(symbol => string.IsNullOrWhiteSpace(symbol.Description)).Select(symbol => $"{found.Path} {symbol.Name}")).ShouldBeEmpty();
    }

    [Fact]
    public void Has_an_example_that_is_a_command_line_of_it()
    {
        Runnable.Where(found => CommandNotes.ExamplesOf(found.Command).Count == 0).Select(found => found.Path).ShouldBeEmpty();
        foreach (var (path, command) in Runnable)
            CommandNotes.ExamplesOf(command).ShouldAllBe(example => example.Contains($"causality {path}"), path);
    }

    [Fact]
    public void Understands_its_examples()
    {
        foreach (var (path, command) in Runnable)
        {
            foreach (var example in CommandNotes.ExamplesOf(command))
            {
                var line = ShellAround().Replace(example, "");
                var parsed = Root.Parse([.. CommandLineParser.SplitCommandLine(line).Skip(1)]);
                parsed.Errors.Select(error => error.Message).ShouldBeEmpty(example);
                parsed.CommandResult.Command.ShouldBe(command, $"{example} is no example of {path}");
            }
        }
    }

    [Fact]
    public void Prints_JSON_when_asked() =>
        Runnable.Where(found => !WithoutJson.Contains(found.Path) && !found.Command.Options.Any(option => option.Name == "--json")).Select(found => found.Path).ShouldBeEmpty();

    [Fact]
    public void Documents_its_exit_codes()
    {
        foreach (var (path, command) in Runnable)
        {
            var codes = CommandNotes.ExitCodesOf(command);
            codes.Keys.ShouldBeSubsetOf([0, 1, 2, 130], path);
            foreach (var code in (int[])[0, 1, 130])
                codes.Keys.ShouldContain(code, path);
        }
    }

    [Fact]
    public void Stands_in_the_README_and_nothing_else_does()
    {
        var rows = File.ReadLines(Path.Combine(BuiltPrograms.RepositoryRoot, "README.md"))
            .SkipWhile(line => !line.StartsWith("| command of `causality`", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1]).ToList();
        var named = rows.SelectMany(Names).ToHashSet();

        named.Where(name => All.All(found => found.Path != name)).ShouldBeEmpty("the README names commands that are none");
        All.Select(found => found.Path).Where(path => !named.Contains(path) && Runnable.Any(found => found.Path == path)).ShouldBeEmpty("commands that the README does not name");
    }

    // `peers add ID`, `peers list` names both; `conflicts list`, `show` and `completion bash`, `zsh` name more below the first one's group.
    private static IEnumerable<string> Names(string cell)
    {
        var group = "";
        foreach (Match match in Code().Matches(cell))
        {
            var words = match.Groups[1].Value.Split(' ').TakeWhile(word => Word().IsMatch(word)).ToArray();
            var path = string.Join(' ', words);
            if (words.Length > 1 && All.Any(found => found.Path == path))
                group = words[0];
            yield return All.Any(found => found.Path == path) ? path : $"{group} {path}".Trim();
        }
    }

    [GeneratedRegex(@"^source <\(|\)$| > \S+$")]
    private static partial Regex ShellAround();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex Word();
}
