using System.Text.Json;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>Two operators by hand: one changes its key, and neither is cut off from the other at any step.</summary>
public sealed class When_a_key_is_rotated : IAsyncLifetime
{
    private TwoServedOperators _two = null!;
    private ServedOperator _a = null!;
    private ServedOperator _b = null!;

    public async ValueTask InitializeAsync()
    {
        _two = await TwoServedOperators.StartAsync();
        (_a, _b) = _two;
        await _two.IntroduceAsync();
    }

    public ValueTask DisposeAsync() => _two.DisposeAsync();

    [Fact]
    public async Task The_peer_has_two_pins_meanwhile_and_syncs_at_every_step()
    {
        var old = await PinAsync("pin");
        await SyncBothWaysAsync();
        (await RotateAsync("--activate")).ShouldFail("prepared");
        (await RotateAsync("--activate", "--retire")).ShouldFail("two steps");
        (await _a.RunAsync("identity", "show", "--data", "nowhere")).ShouldFail("nowhere");

        (await RotateAsync()).Output.ShouldContain("Prepared. Have every peer run causality peers add with both pins");
        var next = await PinAsync("next_pin");
        next.ShouldNotBe(old);
        await SyncBothWaysAsync();

        // Before the peer knows the new key nothing is changed, and the message says who it is that does not.
        var refused = await RotateAsync("--activate");
        refused.ShouldFail("Nothing was changed", "operator-b", next);
        (await PinAsync("pin")).ShouldBe(old);

        (await AddAsync(_b, _a, old, next)).ExitCode.ShouldBe(0);
        (await RotateAsync("--activate")).Output.ShouldContain("restart them all");
        (await PinAsync("pin")).ShouldBe(next);
        (await PinAsync("previous_pin")).ShouldBe(old);
        await SyncBothWaysAsync(); // The running operator still uses the old key.

        await _a.StartAsync();
        (await _a.ReadPinAsync()).ShouldBe(next);
        await SyncBothWaysAsync();

        (await RotateAsync("--retire")).Output.ShouldContain("The key before is gone");
        (await AddAsync(_b, _a, next)).ExitCode.ShouldBe(0);
        await SyncBothWaysAsync();
    }

    [Fact]
    public async Task A_peer_that_was_left_behind_by_force_lets_nobody_in_until_it_has_the_new_pin()
    {
        (await RotateAsync()).ExitCode.ShouldBe(0);
        var next = await PinAsync("next_pin");
        (await RotateAsync("--activate", "--force")).ExitCode.ShouldBe(0);
        await _a.StartAsync();

        (await _a.RunAsync("sync", "operator-b", "--wait")).ExitCode.ShouldBe(1, "b does not know the new key");
        var refused = await _b.RunAsync("sync", "operator-a", "--wait");
        refused.ExitCode.ShouldBe(1);
        refused.Output.ShouldContain("pin-mismatch");
        refused.Output.ShouldContain(next);

        (await AddAsync(_b, _a, next)).ExitCode.ShouldBe(0);
        await SyncBothWaysAsync();
    }

    private Task<TestKit.Processes.ProgramRun> RotateAsync(params string[] options) => _a.RunAsync(["identity", "rotate", "--data", "data", .. options]);

    private async Task SyncBothWaysAsync()
    {
        foreach (var (one, peer) in new[] { (_a, "operator-b"), (_b, "operator-a") })
        {
            var run = await one.RunAsync("sync", peer, "--wait");
            run.ExitCode.ShouldBe(0, run.Output + run.Error);
        }
    }

    private async Task<string> PinAsync(string member)
    {
        using var shown = JsonDocument.Parse((await _a.RunAsync("identity", "show", "--data", "data", "--json")).Output);
        return shown.RootElement.GetProperty(member).GetString().ShouldNotBeNull(member);
    }

    private static Task<TestKit.Processes.ProgramRun> AddAsync(ServedOperator one, ServedOperator peer, params string[] pins) =>
        one.RunAsync(["peers", "add", peer.Id, "--address", peer.PeerUrl.OriginalString, .. pins.SelectMany(pin => new[] { "--pin", pin })]);
}
