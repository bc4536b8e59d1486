using System.Net;
using System.Net.Sockets;
using Causality.Contracts;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Protocol.Tests.Hosting;

namespace Causality.Protocol.Tests;

public sealed class When_a_peer_cannot_be_reached : IDisposable
{
    private readonly OperatorIdentity _identity = TestIdentities.Make("beta");
    private readonly HttpSyncProtocol _protocol;

    public When_a_peer_cannot_be_reached() =>
        _protocol = new HttpSyncProtocol(_identity, new HttpSyncProtocolOptions { ConnectTimeout = TimeSpan.FromMilliseconds(500) }, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _protocol.Dispose();
        _identity.Dispose();
    }

    [Fact]
    public async Task A_refused_connection_is_transient_and_names_the_address()
    {
        var failure = await FailureAsync("https://127.0.0.1:1");

        failure.Reason.ShouldBe(SyncReasons.PeerUnavailable);
        failure.Message.ShouldContain("'gamma' at https://127.0.0.1:1");
    }

    [Fact]
    public async Task A_host_without_an_address_is_transient() => (await FailureAsync("https://nowhere.invalid:7443")).Message.ShouldContain("nowhere.invalid");

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_given_up_after_the_connect_timeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        (await FailureAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")).Reason.ShouldBe(SyncReasons.PeerUnavailable);
    }

    [Fact]
    public async Task A_door_without_tls_is_transient_with_a_hint()
    {
        await using var server = await OperatorServer.StartAsync();

        (await FailureAsync($"https://127.0.0.1:{server.ApplicationAddress.Port}")).Message.ShouldContain("TLS");
    }

    [Theory]
    [InlineData("http://127.0.0.1:7443")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user@host:7443")]
    [InlineData("https://host:7443/path")]
    [InlineData("host:7443")]
    [InlineData("")]
    public async Task An_address_of_another_kind_is_refused(string address)
    {
        var refused = await Should.ThrowAsync<PeerRefusedException>(() => _protocol.GetInfoAsync(Peer(address), Token));

        refused.Reason.ShouldBe(SyncReasons.PeerAddressNotAllowed);
    }

    private Task<PeerUnavailableException> FailureAsync(string address) => Should.ThrowAsync<PeerUnavailableException>(() => _protocol.GetInfoAsync(Peer(address), Token));

    private static PeerEndpoint Peer(string address) => new() { Id = "gamma", Address = address, Pins = [new string('a', 64)] };
}
