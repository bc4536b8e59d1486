using Causality.Standalone.Tests.Dlq;
using Causality.TestKit.Processes;
using Causality.TestKit.Servers;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>Whatever takes longer than a second says how far it is, where that disturbs nothing else.</summary>
public sealed class When_a_person_is_at_a_terminal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_into_a_file_shows_how_many_entries()
    {
        await using var one = await ServedOperator.StartAsync("operator-a");
        var lines = Lines.Make("entry", 20_000);
        await AppendAsync(one, lines);
        using var terminal = new AtTerminal();

        // Whoever reads takes 64 KiB, rests, and takes more: 23 rests.
        var run = await terminal.RunAsync("causality log | while head -c 65536 > part && [ -s part ]; do cat part >> log.jsonl; sleep 0.2; done", ("CAUSALITY_URL", one.Url.AbsoluteUri));

        run.ExitCode.ShouldBe(0, terminal.Screen);
        terminal.Screen.ShouldContain("entries printed: ");
        terminal.Screen.ShouldNotContain("%");
        (await File.ReadAllLinesAsync(Path.Combine(terminal.Folder, "log.jsonl"), Token)).ShouldBe(lines);
    }

    [Fact]
    public async Task The_log_on_the_screen_is_itself_and_nothing_else()
    {
        await using var one = await ServedOperator.StartAsync("operator-a");
        var lines = Lines.Make("entry", 20);
        await AppendAsync(one, lines);
        using var terminal = new AtTerminal();

        var run = await terminal.RunAsync("causality log", ("CAUSALITY_URL", one.Url.AbsoluteUri));

        run.ExitCode.ShouldBe(0, terminal.Screen);
        // Before anything else .NET tells the terminal how its keys are to speak.
        run.Output.Replace("\e[?1h\e=", "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(lines);
    }

    [Theory]
    [InlineData("redrive", "re-driving dead letters")]
    [InlineData("discard", "discarding dead letters")]
    public async Task Dead_letters_that_go_slowly_are_counted(string action, string words)
    {
        Assert.SkipUnless(RabbitMqServer.IsAvailable, "No such server is named; run infra/scripts/with-servers.sh.");
        await using var house = await DeadLetterHouse.OpenAsync();
        foreach (var id in new[] { "first", "second", "third", "fourth" })
            await house.PutAsync(id);
        using var terminal = new AtTerminal();

        // One a second.
        var run = await terminal.RunAsync($"causality dlq {action} {DeadLetterHouse.Errors} --all --yes --rate 1 --audit audit", ("CAUSALITY_AMQP", house.Broker.ToString()));

        run.ExitCode.ShouldBe(0, terminal.Screen);
        terminal.Screen.ShouldContain(words);
        terminal.Screen.ShouldContain("%");
        (await File.ReadAllLinesAsync(Path.Combine(terminal.Folder, "audit"), Token)).Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_record_on_the_screen_is_not_run_into_by_a_bar()
    {
        Assert.SkipUnless(RabbitMqServer.IsAvailable, "No such server is named; run infra/scripts/with-servers.sh.");
        await using var house = await DeadLetterHouse.OpenAsync();
        foreach (var id in new[] { "first", "second", "third" })
            await house.PutAsync(id);
        using var terminal = new AtTerminal();

        var run = await terminal.RunAsync($"causality dlq redrive {DeadLetterHouse.Errors} --all --yes --rate 1", ("CAUSALITY_AMQP", house.Broker.ToString()));

        run.ExitCode.ShouldBe(0, terminal.Screen);
        terminal.Screen.ShouldNotContain("%");
        terminal.Screen.Split("\"message_id\"").Length.ShouldBe(4);
    }

    private static async Task AppendAsync(ServedOperator one, string[] lines)
    {
        (await one.RunAsync("append", one.Write("entries.jsonl", lines))).ExitCode.ShouldBe(0);
        await Eventually.BecomesAsync(async _ => (await one.RunAsync("log")).Output, log => log.Split('\n').Length > lines.Length, "the log to have all entries", Patience, Token);
    }
}
