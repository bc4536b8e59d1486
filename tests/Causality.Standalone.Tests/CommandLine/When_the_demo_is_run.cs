using System.Text.Json;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>The README's first command.</summary>
public sealed class When_the_demo_is_run : IDisposable
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("causality-demo-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_ends_with_one_object_for_programs()
    {
        var lines = SharedLines.Read(5_000);
        await File.WriteAllLinesAsync(Path.Combine(_folder.FullName, "entries.jsonl"), lines, TestContext.Current.CancellationToken);

        var run = await RunAsync("demo", "--entries", "entries.jsonl", "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        using var last = JsonDocument.Parse(run.Output.TrimEnd('\n').Split('\n')[^1]);
        var report = last.RootElement;
        report.GetProperty("converged").GetBoolean().ShouldBeTrue();
        var operators = report.GetProperty("operators").EnumerateArray().ToList();
        operators.Select(one => one.GetProperty("id").GetString()).ShouldBe(["operator-a", "operator-b"]);
        operators.Select(one => one.GetProperty("root").GetString()).Distinct().Count().ShouldBe(1);
        var conflicts = report.GetProperty("conflicts").GetInt64();
        conflicts.ShouldBe(25);
        operators.ShouldAllBe(one => one.GetProperty("entries").GetInt64() == lines.Count + (2 * conflicts) && one.GetProperty("segments").GetInt64() == 2);
        report.GetProperty("entries_synced").GetInt64().ShouldBe((lines.Count * 6 / 5) + (2 * conflicts));
        report.GetProperty("segments_synced").GetInt64().ShouldBe(2);
        report.GetProperty("bytes_received").GetInt64().ShouldBeGreaterThan(lines.Sum(line => (long)line.Length));
        report.GetProperty("elapsed_ms").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task It_shows_people_a_table_that_a_file_can_hold()
    {
        var run = await RunAsync("demo");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldBeEmpty();
        run.Output.ShouldNotContain("\u001b");
        run.Output.ShouldNotContain("\r");
        run.Output.ShouldContain("Completed: 6,025 entries");
        run.Output.ShouldContain(" ms");
        run.Output.ShouldContain("Both operators hold the same log and show the same view.");
        run.Output.ShouldMatch("operator-a .* [0-9a-f]{32} ");
    }

    [Theory]
    [InlineData("not JSON", "line 1")]
    [InlineData("", "holds no entry")]
    public async Task It_refuses_a_file_that_is_no_log(string content, string word)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "entries.jsonl"), content, TestContext.Current.CancellationToken);
        (await RunAsync("demo", "--entries", "entries.jsonl", "--json")).ShouldFail("entries.jsonl", word);
    }

    [Fact]
    public async Task Every_command_explains_itself()
    {
        foreach (var command in new[] { "serve", "demo", "append", "log", "peers", "peers add", "peers list", "peers remove", "sync", "status" })
        {
            var help = await RunAsync([.. command.Split(' '), "-h"]);
            help.ExitCode.ShouldBe(0, command);
            help.Output.ShouldContain($"causality {command}");
            help.Output.Split('\n')[1].Trim().Length.ShouldBeGreaterThan(10, command);
        }
    }

    [Fact]
    public async Task An_unknown_command_is_refused()
    {
        var run = await RunAsync("converge");
        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain("'converge'");
    }

    private Task<ProgramRun> RunAsync(params string[] arguments) => Cli.RunAsync(_folder.FullName, Nowhere, arguments);
}
