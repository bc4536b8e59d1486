using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Causality.Contracts.Http;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Listeners;
using Causality.Protocol.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Xunit;

namespace Causality.Protocol.Tests;

/// <summary>Rows S3, S34 and S36 of the bad inputs: what is held open, by strangers and by peers that are peers no more.</summary>
public sealed class When_connections_say_nothing : IAsyncDisposable
{
    /// <summary>The byte that a TLS handshake begins with.</summary>
    private const byte HandshakeRecord = 22;

    private readonly OperatorIdentity _peer = TestIdentities.Make("beta");
    private readonly List<IDisposable> _open = [];
    private OperatorServer? _server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(connection => connection.Dispose());
        if (_server is not null)
            await _server.DisposeAsync();
        _peer.Dispose();
    }

    [Theory]
    [InlineData("PeerLimits:UnprovenPerAddress")]
    [InlineData("PeerLimits:UnprovenConnections")]
    public async Task The_oldest_that_nobody_knows_goes_and_peers_get_in(string limit)
    {
        var server = await StartAsync((limit, 3));
        using var early = RawClient.To(server.PeerAddress, _peer.Certificate);
        (await early.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var silent = new List<Socket>();
        for (var number = 0; number < 8; number++)
            silent.Add(await ConnectAsync(server.PeerAddress));

        for (var number = 0; number < 5; number++)
            await EndAsync(silent[number]);

        using var late = RawClient.To(server.PeerAddress, _peer.Certificate);
        (await late.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await early.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_applications_door_is_kept_in_the_same_way()
    {
        var server = await StartAsync(("PeerLimits:UnprovenPerAddress", 2));
        var silent = await ConnectAsync(server.ApplicationAddress);
        await ConnectAsync(server.ApplicationAddress);
        await ConnectAsync(server.ApplicationAddress);

        await EndAsync(silent);

        using var client = RawClient.To(server.ApplicationAddress, null);
        (await client.GetStringAsync("/health/live", Token)).ShouldBe("live");
    }

    [Theory]
    [InlineData("PeerLimits:HandshakeTimeout", false, 0)]
    [InlineData("PeerLimits:HandshakeTimeout", false, 1)]
    [InlineData("PeerLimits:HeadersTimeout", true, 0)]
    public async Task Who_takes_too_long_to_begin_is_cut_off(string limit, bool withTls, int saidBytes)
    {
        var server = await StartAsync((limit, "00:00:01"));
        var socket = await ConnectAsync(server.PeerAddress);
        await socket.SendAsync(new byte[] { HandshakeRecord }.AsMemory(0, saidBytes), Token);
        if (!withTls)
        {
            await EndAsync(socket);
            return;
        }

        await using var tls = new SslStream(new NetworkStream(socket), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, Token);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET {SyncRoutes.Info} HTTP/1.1\r\nX-Slow: "), Token);
        using var reader = new StreamReader(tls, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(Token);
        (answer.Length == 0 || answer.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal)).ShouldBeTrue(answer);
    }

    [Fact]
    public async Task A_peer_that_is_let_in_no_more_is_cut_in_the_middle_of_a_request()
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server = await OperatorServer.StartAsync(map: application => application
            .MapGet(SyncRoutes.Prefix + "/endless", PeerAuthentication.Require(PeerPermissions.Read, PeerLoad.Download, async context =>
            {
                await context.Response.StartAsync(context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                began.SetResult();
                await HostileServer.UntilTheClientLeavesAsync(context);
            }))
            .OnListener(ListenerKind.Peer).WithMetadata(new RequiredPermission(PeerPermissions.Read)));
        _server.Know(_peer);
        using var client = RawClient.To(_server.PeerAddress, _peer.Certificate);
        using var answer = await client.GetAsync(SyncRoutes.Prefix + "/endless", HttpCompletionOption.ResponseHeadersRead, Token);
        await began.Task;

        _server.Peers.ByPin.Remove(_peer.Pin);

        // Ends by itself: the watch looks every five seconds.
        await Should.ThrowAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(Token));
        await (await client.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private async Task<OperatorServer> StartAsync(params (string Name, object Value)[] settings)
    {
        _server = await OperatorServer.StartAsync(settings: settings);
        _server.Know(_peer);
        return _server;
    }

    private async Task<Socket> ConnectAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open.Add(socket);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, Token);
        return socket;
    }

    /// <summary>Waits until the server has ended the connection.</summary>
    private static async Task EndAsync(Socket socket)
    {
        try
        {
            (await socket.ReceiveAsync(new byte[1], Token)).ShouldBe(0);
        }
        catch (SocketException)
        {
            // A reset is as good as an end.
        }
    }
}
