using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests;

/// <summary>Whoever asks learns why nothing came of it.</summary>
public sealed class When_a_sync_cannot_be_done(TwoOperators operators) : EndToEndTest(operators)
{
    [Fact]
    public async Task Should_reject_an_unknown_peer()
    {
        var ending = await OnA.SyncAsync("operator-unheard-of", Token);

        ending.Event.ShouldBe("SyncRejected");
        ending.Reason.ShouldBe("unknown-peer");
        ending.Detail.ShouldNotBeNull().ShouldContain("operator-unheard-of");
    }

    [Fact]
    public async Task Should_reject_a_request_that_is_wrong()
    {
        var ending = await OnA.SyncAsync(B.Id, Token, """{"maxRetries":-1}""");

        ending.Event.ShouldBe("SyncRejected");
        ending.Reason.ShouldBe("invalid-request");
        ending.Detail.ShouldNotBeNull().ShouldContain("maxRetries", Case.Insensitive);
    }

    [Fact]
    public async Task Should_fail_after_the_retries_when_the_peer_cannot_be_reached()
    {
        var port = FreePorts.Take(1)[0];
        await A.Control.AddPeerAsync("operator-away", port, new string('0', 64), Token);

        var ending = await OnA.SyncAsync("operator-away", Token, """{"maxRetries":1}""");

        ending.Event.ShouldBe("SyncFailed");
        ending.Reason.ShouldBe("peer-unavailable");
        ending.Result.Attempts.ShouldBe(2);
        ending.Detail.ShouldNotBeNull().ShouldContain($"127.0.0.1:{port}");
        (await A.Control.PeersAsync(Token)).Single(peer => peer.PeerId == "operator-away").Reason.ShouldBe("peer-unavailable");
        await A.Control.RemovePeerAsync("operator-away", Token);
    }

    [Fact]
    public async Task Should_fail_at_once_when_the_peer_shows_another_key()
    {
        var wrong = new string('a', 64);
        await A.Control.AddPeerAsync("operator-false", B.PeerPort, wrong, Token);

        var ending = await OnA.SyncAsync("operator-false", Token);

        ending.Event.ShouldBe("SyncFailed");
        ending.Reason.ShouldBe("pin-mismatch");
        ending.Result.Attempts.ShouldBe(1);
        ending.Detail.ShouldNotBeNull().ShouldContain(Operators.PinOfB);
        await A.Control.RemovePeerAsync("operator-false", Token);
    }
}
