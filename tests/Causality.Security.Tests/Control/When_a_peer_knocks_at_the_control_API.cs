using System.Net.Http.Json;
using Causality.Security.Tests.Hosting;

namespace Causality.Security.Tests.Control;

public sealed class When_a_peer_knocks_at_the_control_API
{
    [Theory]
    [InlineData("GET", "/v1/status")]
    [InlineData("POST", "/v1/syncs")]
    [InlineData("POST", "/v1/entries")]
    [InlineData("POST", "/v1/conflicts/decide")]
    [InlineData("GET", "/V1/tokens")]
    [InlineData("GET", "/v1/no-such-route")]
    public async Task Should_be_told_that_it_is_not_for_peers(string method, string path)
    {
        var (certificate, pin) = Peers.Identity();
        await using var guarded = await Guarded.StartAsync();
        (await guarded.StatusAsync(HttpMethod.Post, "/v1/peers", null, JsonContent.Create(new { id = "peer-b", address = "https://peer-b.example:7443", pins = new[] { pin }, permissions = new[] { "read", "write", "resolve" } }))).ShouldBe(201);
        using var peer = Peers.Client(certificate);
        using var request = new HttpRequestMessage(new HttpMethod(method), guarded.Operator.PeerAddress + path);
        using var answer = await peer.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.ShouldBeProblemAsync(403, "forbidden");

        using var stranger = Peers.Client();
        using var again = new HttpRequestMessage(new HttpMethod(method), guarded.Operator.PeerAddress + path);
        using var refused = await stranger.SendAsync(again, TestContext.Current.CancellationToken);
        await refused.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/admin")]
    [InlineData("/")]
    public async Task Should_find_nothing_else_there(string path)
    {
        await using var guarded = await Guarded.StartAsync();
        using var peer = Peers.Client();
        using var answer = await peer.GetAsync(guarded.Operator.PeerAddress + path, TestContext.Current.CancellationToken);
        await answer.ShouldBeProblemAsync(404, "not-found");
    }
}
