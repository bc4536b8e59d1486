using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Causality.Contracts.Http;
using Causality.Protocol.Identity;
using Causality.Protocol.Tests.Hosting;

namespace Causality.Protocol.Tests;

/// <summary>Rows S1, S2, S3, S6 and S13 of the bad inputs.</summary>
public sealed class When_a_stranger_knocks(ServedOperator served) : IClassFixture<ServedOperator>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_certificate_and_an_unknown_key_get_the_same_answer()
    {
        using var stranger = TestIdentities.Make("stranger");
        using var without = RawClient.To(served.Server.PeerAddress, null);
        using var unknown = RawClient.To(served.Server.PeerAddress, stranger.Certificate);

        var first = await (await without.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        var second = await (await unknown.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");

        Without(first.GetRawText(), first.GetProperty("trace_id").GetString()!).ShouldBe(Without(second.GetRawText(), second.GetProperty("trace_id").GetString()!));
    }

    [Theory]
    [InlineData("GET", SyncRoutes.Segments)]
    [InlineData("POST", SyncRoutes.SegmentMetadata)]
    [InlineData("GET", SyncRoutes.Segments + "/one")]
    [InlineData("POST", SyncRoutes.FetchSegments)]
    [InlineData("POST", SyncRoutes.Segments + "/one/entries")]
    public async Task No_route_answers_a_stranger_and_spoofed_headers_change_nothing(string method, string route)
    {
        using var without = RawClient.To(served.Server.PeerAddress, null);
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        request.Headers.Add("X-Peer-Id", "beta");
        request.Headers.Add("X-Forwarded-Client-Cert", Convert.ToBase64String(served.Peer.Certificate.RawData));
        request.Headers.Add("X-ARR-ClientCert", Convert.ToBase64String(served.Peer.Certificate.RawData));

        await (await without.SendAsync(request, Token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("GET", SyncRoutes.Info, HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v1/log", HttpStatusCode.Unauthorized)]
    [InlineData("DELETE", SyncRoutes.Info, HttpStatusCode.MethodNotAllowed)]
    public async Task Whatever_he_is_told_the_connection_ends_with_it(string method, string route, HttpStatusCode status)
    {
        using var without = RawClient.To(served.Server.PeerAddress, null);
        using var request = new HttpRequestMessage(new HttpMethod(method), route);

        using var answer = await without.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(status);
        answer.Headers.ConnectionClose.ShouldBe(true);
        (await served.Client.GetAsync(SyncRoutes.Info, Token)).Headers.ConnectionClose.ShouldBeNull();
    }

    [Theory]
    [InlineData(HttpVersionPolicy.RequestVersionExact, false)]
    [InlineData(HttpVersionPolicy.RequestVersionOrLower, true)]
    public async Task One_connection_carries_one_request_at_a_time(HttpVersionPolicy policy, bool isAnswered)
    {
        using var client = RawClient.To(served.Server.PeerAddress, served.Peer.Certificate);
        using var request = new HttpRequestMessage(HttpMethod.Get, SyncRoutes.Info) { Version = HttpVersion.Version20, VersionPolicy = policy };

        if (isAnswered)
            (await client.SendAsync(request, Token)).Version.ShouldBe(HttpVersion.Version11);
        else
            await Should.ThrowAsync<HttpRequestException>(() => client.SendAsync(request, Token));
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("not-yet-valid")]
    [InlineData("wrong-usage")]
    public async Task A_known_key_in_a_bad_certificate_is_told_what_is_wrong(string fault)
    {
        using var identity = fault switch
        {
            "expired" => TestIdentities.Make("gamma", DateTimeOffset.UtcNow.AddYears(-11)),
            "not-yet-valid" => TestIdentities.Make("gamma", DateTimeOffset.UtcNow.AddDays(3)),
            _ => TestIdentities.WithoutClientUsage("gamma"),
        };
        served.Server.Know(identity);
        using var client = RawClient.To(served.Server.PeerAddress, identity.Certificate);

        await (await client.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "certificate-rejected");
    }

    [Fact]
    public async Task A_peer_that_is_switched_off_is_out_on_its_open_connection()
    {
        using var identity = TestIdentities.Make("delta");
        served.Server.Know(identity);
        using var client = RawClient.To(served.Server.PeerAddress, identity.Certificate);
        (await client.GetAsync(SyncRoutes.Info, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        served.Server.Peers.ByPin.Remove(identity.Pin);

        await (await client.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Tls_1_1_is_refused()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, served.Server.PeerAddress.Port, Token);
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
#pragma warning disable CA5397, SYSLIB0039 // the point of the test
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls11 };
#pragma warning restore CA5397, SYSLIB0039

        await Should.ThrowAsync<Exception>(() => tls.AuthenticateAsClientAsync(options, Token));
    }

    [Fact]
    public async Task Plain_http_on_the_peers_door_gets_no_answer()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, served.Server.PeerAddress.Port, Token);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {SyncRoutes.Info} HTTP/1.1\r\nHost: localhost\r\n\r\n"), Token);

        var answer = new byte[64];
        var read = 0;
        try
        {
            read = await stream.ReadAsync(answer, Token);
        }
        catch (IOException)
        {
            // A reset is as good as an end.
        }

        Encoding.ASCII.GetString(answer, 0, read).ShouldNotContain("HTTP/1.1 200");
    }

    [Fact]
    public void Pins_match_in_either_case_and_never_by_a_part()
    {
        var pin = served.Peer.Pin;

        SpkiPin.IsOneOf(pin, [pin.ToUpperInvariant()]).ShouldBeTrue();
        SpkiPin.IsOneOf(pin, [pin[..63], "", pin + "0"]).ShouldBeFalse();
        SpkiPin.IsOneOf(pin, []).ShouldBeFalse();
    }

    private static string Without(string text, string traceId) => text.Replace(traceId, "", StringComparison.Ordinal);
}
