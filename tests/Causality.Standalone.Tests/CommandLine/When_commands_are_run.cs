using System.IO.Compression;
using System.Text.Json;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>A person works with an operator from a shell.</summary>
public sealed class When_commands_are_run
{
    [Fact]
    public async Task Two_operators_become_equal_by_hand()
    {
        await using var two = await TwoServedOperators.StartAsync();
        var (a, b) = two;
        (await a.RunAsync("append", a.Write("a.jsonl", Lines.Make("by-a", 40)))).Output.ShouldBe("40 entries appended, 0 already in the log.\n");
        (await b.RunAsync("append", b.Write("b.jsonl", Lines.Make("by-b", 30)))).ExitCode.ShouldBe(0);
        (await a.RunAsync("peers", "add", "operator-b", "--address", b.PeerUrl.OriginalString, "--pin", await b.ReadPinAsync())).Output.ShouldStartWith("Peer operator-b at https://127.0.0.1:");
        (await b.RunAsync("peers", "add", "operator-a", "--address", a.PeerUrl.OriginalString, "--pin", await a.ReadPinAsync())).ExitCode.ShouldBe(0);

        await PlanAndExplainAsync(a);
        var one = await a.RunAsync("sync", "operator-b", "--wait");
        var all = await b.RunAsync("sync", "--wait", "--json");

        one.ExitCode.ShouldBe(0, one.Error);
        one.Output.ShouldStartWith("operator-b: Completed; 30 entries in 1 segment, ");
        all.ExitCode.ShouldBe(0, all.Error);
        using var results = JsonDocument.Parse(all.Output);
        results.RootElement[0].GetProperty("entries_synced").GetInt64().ShouldBe(40);
        (await a.RunAsync("log")).Output.ShouldBe((await b.RunAsync("log")).Output);
        (await Root(a)).ShouldBe(await Root(b));
        (await a.RunAsync("sync", "operator-b", "--explain")).Output.ShouldContain("In sync       both roots were ");
        (await a.RunAsync("peers", "list")).Output.ShouldContain("operator-b");
        (await a.RunAsync("peers", "remove", "operator-b")).Output.ShouldBe("Peer operator-b removed.\n");
        (await a.Program.StopAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task A_paused_peer_is_synced_with_again_once_it_is_resumed()
    {
        await using var a = await ServedOperator.StartAsync("operator-a");
        await using var b = await ServedOperator.StartAsync("operator-b");
        (await a.RunAsync("status")).Output.ShouldContain("No peers yet: 'causality peers add' adds one.");
        (await a.RunAsync("peers", "add", "operator-b", "--address", b.PeerUrl.OriginalString, "--pin", await b.ReadPinAsync())).ExitCode.ShouldBe(0);
        (await b.RunAsync("peers", "add", "operator-a", "--address", a.PeerUrl.OriginalString, "--pin", await a.ReadPinAsync())).ExitCode.ShouldBe(0);
        (await b.RunAsync("append", b.Write("b.jsonl", Lines.Make("by-b", 1)))).Output.ShouldBe("1 entry appended, 0 already in the log.\n");

        (await a.RunAsync("peers", "pause", "operator-b")).Output.ShouldStartWith("Peer operator-b is paused");
        var refused = await a.RunAsync("sync", "operator-b", "--wait");
        (refused.ExitCode, refused.Error).ShouldBe((1, "causality: Peer 'operator-b' is paused; 'causality peers resume operator-b' or its page in the dashboard lets it in again.\n"));
        (await a.RunAsync("peers", "list")).Output.ShouldContain("paused");

        (await a.RunAsync("peers", "resume", "operator-b")).Output.ShouldBe("Peer operator-b is resumed.\n");
        (await a.RunAsync("sync", "operator-b", "--wait")).Output.ShouldStartWith("operator-b: ");
        (await a.RunAsync("sync", "operator-b", "--wait")).Output.ShouldBe("operator-b: Skipped; nothing to move\n");
        (await a.RunAsync("sync", "operator-b", "--explain")).Output.ShouldStartWith("The logs of this operator and of operator-b: equal\n");
        (await a.RunAsync("status")).Output.ShouldContain("1 entry in 1 segment, ");
        (await a.RunAsync("peers", "pause", "nobody")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Peers_see_at_once_what_was_appended()
    {
        // Broke: who synced in the next line was told that there was nothing to do.
        await using var one = await ServedOperator.StartAsync("operator-a", "--LogWriter:PublishDelay=01:00:00");

        (await one.RunAsync("append", one.Write("a.jsonl", Lines.Make("by-a", 3)))).ExitCode.ShouldBe(0);

        (await one.RunAsync("status")).Output.ShouldContain("3 entries in 1 segment, ");
    }

    [Fact]
    public async Task Append_takes_gzip_and_does_not_mind_a_second_time()
    {
        await using var one = await ServedOperator.StartAsync("operator-a");
        await using (var file = new GZipStream(File.Create(Path.Combine(one.Folder, "entries.gz")), CompressionLevel.Fastest))
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Lines.Make("packed", 12_000))), TestContext.Current.CancellationToken);

        (await one.RunAsync("append", "entries.gz")).Output.ShouldBe("12,000 entries appended, 0 already in the log.\n");
        (await one.RunAsync("append", "entries.gz", "--json")).Output.ShouldBe("{\"appended\":0,\"already_present\":12000}\n");
        var log = (await one.RunAsync("log")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        log.ShouldBe(Lines.Make("packed", 12_000));
        (await one.RunAsync("log", "--from", "1700000000100", "--limit", "2")).Output.ShouldBe($"{log[100]}\n{log[101]}\n");
    }

    [Fact]
    public async Task Serve_keeps_what_it_has_acknowledged_when_it_is_killed()
    {
        await using var one = await ServedOperator.StartAsync("operator-a");
        (await one.RunAsync("append", one.Write("kept.jsonl", Lines.Make("kept", 1_000)))).ExitCode.ShouldBe(0);

        await one.Program.KillAsync(TestContext.Current.CancellationToken);
        await one.StartAsync();

        (await one.RunAsync("log")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(Lines.Make("kept", 1_000));
    }

    private static async Task PlanAndExplainAsync(ServedOperator a)
    {
        var plan = await a.RunAsync("sync", "operator-b", "--plan");
        plan.ExitCode.ShouldBe(0, plan.Error);
        plan.Output.ShouldStartWith("Plan of a sync with operator-b; nothing was moved\n");
        plan.Output.ShouldContain("In            1 segment, 30 entries, ");
        plan.Output.ShouldContain("Out           0 segments, 0 entries, 0 bytes");
        plan.Output.ShouldContain("Conflicts     0 expected, from 30 of the 30 incoming entries");
        plan.Output.ShouldContain("Import bound  none");
        var explained = await a.RunAsync("sync", "operator-b", "--explain", "--json");
        explained.ExitCode.ShouldBe(0, explained.Error);
        using var json = JsonDocument.Parse(explained.Output);
        json.RootElement.GetProperty("plan").GetProperty("figures").GetProperty("in_sync").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("segments").EnumerateArray().Select(segment => segment.GetProperty("direction").GetString()).ShouldBe(["in", "out"], ignoreOrder: true);
        (await a.RunAsync("sync", "--plan")).ShouldFail("Name the peer");
        (await a.RunAsync("sync", "nobody", "--explain")).ShouldFail("nobody");
    }

    private static async Task<string?> Root(ServedOperator one)
    {
        using var status = JsonDocument.Parse((await one.RunAsync("status", "--json")).Output);
        return status.RootElement.GetProperty("log").GetProperty("root").GetString();
    }
}
