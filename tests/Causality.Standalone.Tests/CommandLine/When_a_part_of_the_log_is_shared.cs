namespace Causality.Standalone.Tests.CommandLine;

/// <summary>Figures of a part must not be taken for those of the whole.</summary>
public sealed class When_a_part_of_the_log_is_shared
{
    private const string Told = "operator-b shares only the segments whose ids begin with invoices or orders\n";

    [Fact]
    public async Task Every_command_that_tells_of_the_peer_tells_its_scope()
    {
        await using var two = await TwoServedOperators.StartAsync();
        var (a, b) = two;
        string[] peer = ["peers", "add", "operator-b", "--address", b.PeerUrl.OriginalString, "--pin", await b.ReadPinAsync()];
        (await a.RunAsync(peer)).ExitCode.ShouldBe(0);
        foreach (var command in new[] { "status", "peers list", "sync operator-b --wait" })
            (await a.RunAsync(command.Split(' '))).Output.ShouldNotContain("shares only");

        (await a.RunAsync([.. peer, "--scope", "orders,invoices"])).ExitCode.ShouldBe(0);

        foreach (var command in new[] { "status", "peers list", "sync operator-b", "sync --wait" })
            (await a.RunAsync(command.Split(' '))).Output.ShouldContain(Told);
        (await a.RunAsync("sync", "operator-b", "--json")).Output.ShouldNotContain("shares only");

        (await a.RunAsync([.. peer, "--scope", "all"])).ExitCode.ShouldBe(0);
        (await a.RunAsync("peers", "list")).Output.ShouldNotContain("shares only");
    }
}
