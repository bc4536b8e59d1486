using System.Text.Json;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>What a peer may do here is said when it is added, and holds.</summary>
public sealed class When_a_peer_is_let_in
{
    [Fact]
    public async Task A_push_comes_through_once_the_peer_may_write_and_is_refused_by_name_before()
    {
        await using var two = await TwoServedOperators.StartAsync();
        var (a, b) = two;
        (await a.RunAsync("append", a.Write("a.jsonl", Lines.Make("by-a", 40)))).ExitCode.ShouldBe(0);
        await Eventually.BecomesAsync(async _ => (await a.RunAsync("status")).Output, status => status.Contains("Log       40 entries", StringComparison.Ordinal), "the entries to stand in a segment", TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await AddAsync(a, b);
        var added = await AddAsync(b, a);
        added.ShouldContain("it may read, resolve here, all segments are shared with it");

        var refused = await a.RunAsync("sync", "operator-b", "--mode", "Push", "--wait");

        refused.ExitCode.ShouldBe(1, refused.Error);
        refused.Output.ShouldStartWith("operator-b: Failed; 0 entries in 0 segments, ");
        refused.Output.ShouldContain("peer-refused: ");
        refused.Output.ShouldContain("  left out: 1 segment (1 peer-refused)\n    operator-a.");
        refused.Output.ShouldContain(" (out): peer-refused\n");
        var explained = await a.RunAsync("sync", "operator-b", "--mode", "Push", "--explain", "--json");
        explained.Output.ShouldContain("\"direction\":\"out\"");
        explained.Output.ShouldContain("\"reason\":\"peer-refused\"");

        (await AddAsync(b, a, "--allow", "read,write")).ShouldContain("it may read, write here, ");
        // Its gateway knows five seconds later at the latest.
        var pushed = await Eventually.BecomesAsync(
            _ => a.RunAsync("sync", "operator-b", "--mode", "Push", "--wait", "--json"), run => run.ExitCode == 0, "the push to be let in", TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        using var results = JsonDocument.Parse(pushed.Output);
        (results.RootElement[0].GetProperty("segments_synced").GetInt64(), results.RootElement[0].GetProperty("left_out").ValueKind).ShouldBe((1L, JsonValueKind.Null));
        (await b.RunAsync("log")).Output.ShouldBe((await a.RunAsync("log")).Output);
    }

    [Fact]
    public async Task A_peer_that_may_nothing_cannot_read_either_and_what_nobody_knows_is_refused()
    {
        await using var two = await TwoServedOperators.StartAsync();
        var (a, b) = two;
        await AddAsync(a, b);
        (await AddAsync(b, a, "--allow", "none")).ShouldContain("it may do nothing here, ");

        var sync = await a.RunAsync("sync", "operator-b", "--wait", "--json");

        sync.ExitCode.ShouldBe(1);
        sync.Output.ShouldContain("\"reason\":\"peer-refused\"");
        (await b.RunAsync("peers", "add", "operator-a", "--address", a.PeerUrl.OriginalString, "--pin", await a.ReadPinAsync(), "--allow", "read,fly")).ShouldFail("fly");
        (await b.RunAsync("peers", "add", "operator-a", "--address", a.PeerUrl.OriginalString, "--pin", await a.ReadPinAsync(), "--scope", "orders-")).Output
            .ShouldContain("it may do nothing here, segments orders-* are shared with it");
    }

    private static async Task<string> AddAsync(ServedOperator one, ServedOperator peer, params string[] more)
    {
        var added = await one.RunAsync(["peers", "add", peer.Id, "--address", peer.PeerUrl.OriginalString, "--pin", await peer.ReadPinAsync(), .. more]);
        added.ExitCode.ShouldBe(0, added.Error);
        return added.Output;
    }
}
