using System.Text.Json;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>A person looks at conflicts, decides them and thinks better of it, from a shell.</summary>
public sealed class When_conflicts_are_decided
{
    private const string Ours = "{\"id\":\"invoice-17\",\"timestamp\":1700000000000,\"entry_type\":\"fact\",\"data\":{\"amount\":5}}";
    private const string Theirs = "{\"id\":\"invoice-17\",\"timestamp\":1700000001000,\"entry_type\":\"fact\",\"data\":{\"amount\":6}}";

    [Fact]
    public async Task The_view_follows_and_nothing_is_lost()
    {
        await using var two = await TwoServedOperators.StartAsync();
        var (a, b) = two;
        (await a.RunAsync("append", a.Write("a.jsonl", Ours))).ExitCode.ShouldBe(0);
        (await b.RunAsync("append", b.Write("b.jsonl", Theirs))).ExitCode.ShouldBe(0);
        await two.IntroduceAsync();
        (await a.RunAsync("sync", "operator-b", "--wait")).ExitCode.ShouldBe(0);
        (await a.RunAsync("log")).Output.ShouldBe(Theirs + "\n");

        var listed = await a.RunAsync("conflicts", "list", "--peer", "operator-b", "--json");
        using var page = JsonDocument.Parse(listed.Output);
        page.RootElement.GetProperty("conflicts")[0].GetProperty("subject").GetString().ShouldBe("invoice-17", listed.Output);
        var shown = await a.RunAsync("conflicts", "show", "invoice-17");
        shown.Output.ShouldContain("brought by operator-b");
        shown.Output.ShouldContain("The two latest differ in timestamp, data.amount");

        (await a.RunAsync("conflicts", "decide", "--all", "--strategy", "local-wins")).Error.ShouldContain("--dry-run");
        (await a.RunAsync("conflicts", "decide", "--all", "--strategy", "local-wins", "--dry-run")).Output.ShouldStartWith("invoice-17: would be decided");
        (await a.RunAsync("log")).Output.ShouldBe(Theirs + "\n");
        (await a.RunAsync("conflicts", "decide", "invoice-17", "--strategy", "local-wins", "--by", "ann")).ExitCode.ShouldBe(0);
        (await a.RunAsync("log")).Output.ShouldBe(Ours + "\n");
        (await a.RunAsync("log", "--all-versions")).Output.ShouldBe($"{Ours}\n{Theirs}\n");
        (await a.RunAsync("conflicts", "undo", "invoice-17")).ExitCode.ShouldBe(0);
        (await a.RunAsync("log")).Output.ShouldBe(Theirs + "\n");

        (await a.RunAsync("conflicts", "export")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        (await a.RunAsync("conflicts", "report")).Output.ShouldStartWith("1 conflict\n");
        var unknown = await a.RunAsync("conflicts", "show", "nobody");
        (unknown.ExitCode, unknown.Error).ShouldBe((1, "causality: There is no conflict about 'nobody' in the ledger; GET /v1/conflicts lists them.\n"));
        (await a.RunAsync("conflicts", "list", "--since", "yesterday")).Error.ShouldContain("--since is 'yesterday'");
    }
}
