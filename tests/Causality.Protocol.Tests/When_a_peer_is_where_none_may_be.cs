using Causality.Contracts;
using Causality.Protocol.Client;
using Causality.Protocol.Client.Addresses;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Tests.Hosting;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Causality.Protocol.Tests;

/// <summary>Row S44 of the bad inputs, at the moment of connecting: no server hears of it.</summary>
public sealed class When_a_peer_is_where_none_may_be : IAsyncLifetime
{
    private readonly OperatorIdentity _identity = TestIdentities.Make("beta");
    private OperatorServer _server = null!;
    private int _connections;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await OperatorServer.StartAsync();
        _server.Know(_identity);
        _server.Peers.Asked = () => _connections++;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _identity.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("inside.example")]
    public async Task Nothing_is_connected_to(string host)
    {
        var failure = await FailureAsync(host, new FixedResolver { ["inside.example"] = ["127.0.0.1"] });

        failure.Reason.ShouldBe(SyncReasons.PeerAddressNotAllowed);
        failure.Message.ShouldContain("'alpha'");
        failure.Message.ShouldContain("PeerAddresses:AllowLoopback");
        _connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://alpha.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://alpha.example")]
    [InlineData("https://user:secret@alpha.example")]
    [InlineData("https://alpha.example/path")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("https://")]
    [InlineData("localhost:5432")]
    public async Task Only_a_plain_https_address_is_used(string address)
    {
        var resolver = new FixedResolver();
        using var protocol = Protocol(resolver, new PeerAddressOptions { AllowLoopback = true });

        var failure = await Should.ThrowAsync<PeerRefusedException>(() => protocol.GetInfoAsync(_server.Endpoint with { Address = address }, Token));

        failure.Reason.ShouldBe(SyncReasons.PeerAddressNotAllowed);
        resolver.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_that_shows_another_address_after_it_was_checked_gains_nothing()
    {
        // What a rebinding name does: a good address for whoever checks, a bad one for whoever connects.
        var resolver = new FixedResolver { ["rebound.example"] = ["203.0.114.1"] };
        resolver["rebound.example"] = ["127.0.0.1"];
        var rules = new PeerAddressRules(Options.Create(new PeerAddressOptions()), resolver);
        await rules.CheckAsync(new Uri("https://rebound.example"), Token);

        var failure = await FailureAsync("rebound.example", resolver);

        failure.Reason.ShouldBe(SyncReasons.PeerAddressNotAllowed);
        resolver.Asked.ShouldBe(2); // Once for each; the connection went to what was looked at, and asked nobody again.
        _connections.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_allowed_is_connected_to()
    {
        using var protocol = Protocol(new FixedResolver { ["alpha.example"] = ["127.0.0.1"] }, new PeerAddressOptions { AllowLoopback = true });

        (await protocol.GetInfoAsync(_server.Endpoint with { Address = $"https://alpha.example:{_server.PeerAddress.Port}" }, Token)).Operator.Value.ShouldBe("alpha");
    }

    private async Task<PeerRefusedException> FailureAsync(string host, FixedResolver resolver)
    {
        using var protocol = Protocol(resolver, new PeerAddressOptions());
        return await Should.ThrowAsync<PeerRefusedException>(() => protocol.GetInfoAsync(_server.Endpoint with { Address = $"https://{host}:{_server.PeerAddress.Port}" }, Token));
    }

    private HttpSyncProtocol Protocol(FixedResolver resolver, PeerAddressOptions options) =>
        new(_identity, new HttpSyncProtocolOptions(), TimeProvider.System, new PeerAddressRules(Options.Create(options), resolver));
}
