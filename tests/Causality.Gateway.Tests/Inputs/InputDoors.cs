using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Gateway.Tests.Hosting;
using Causality.Protocol.Identity;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Gateway.Tests.Inputs;

/// <summary>A gateway with a log, a peer that may do everything, and ways to say whatever one likes at both of its doors.</summary>
public sealed class InputDoors : IAsyncLifetime
{
    private readonly Dictionary<string, X509Certificate2> _certificates = [];

    internal GatewayHost Host { get; private set; } = null!;

    internal RefusalLog Log { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The segment that the log begins with.</summary>
    internal static LogSegment Known { get; } = Segment("known", 1, 2, 3);

    public async ValueTask InitializeAsync()
    {
        Host = await GatewayHost.StartAsync(Log, null, ("PeerLimits:RequestBurst", "100000"));
        var now = DateTimeOffset.UtcNow;
        foreach (var (name, from, until, usage) in new[]
        {
            ("peer", now.AddDays(-1), now.AddDays(1), "1.3.6.1.5.5.7.3.2"), ("stranger", now.AddDays(-1), now.AddDays(1), "1.3.6.1.5.5.7.3.2"), ("off", now.AddDays(-1), now.AddDays(1), "1.3.6.1.5.5.7.3.2"),
            ("expired", now.AddDays(-3), now.AddDays(-2), "1.3.6.1.5.5.7.3.2"), ("early", now.AddDays(2), now.AddDays(3), "1.3.6.1.5.5.7.3.2"), ("server-only", now.AddDays(-1), now.AddDays(1), "1.3.6.1.5.5.7.3.1"),
            ("reader", now.AddDays(-1), now.AddDays(1), "1.3.6.1.5.5.7.3.2"), ("scoped", now.AddDays(-1), now.AddDays(1), "1.3.6.1.5.5.7.3.2"),
        })
        {
            _certificates[name] = Certificate(name, from, until, usage);
            if (name != "stranger")
                await Host.ChangePeersAsync(async peers => await peers.AddAsync(Record(name), Token));
        }

        await Host.Services.GetRequiredService<ISyncableStorage>().ImportSegmentAsync(Known, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        foreach (var certificate in _certificates.Values)
            certificate.Dispose();
    }

    /// <summary>What must be the same after a refusal: root and version of the log; and the files of contents, of which none may be new.</summary>
    internal async Task<(string Log, HashSet<string> Files)> SnapshotAsync()
    {
        var head = await Host.Services.GetRequiredService<ISyncableStorage>().GetHeadAsync(Token);
        return ($"{head.Fingerprint.ToRoot()} {head.Version}", [.. Directory.EnumerateFiles(Path.Combine(Host.Folder, "blobs"), "*", SearchOption.AllDirectories)]);
    }

    /// <summary>Asks at the peers' door.</summary>
    internal async Task<InputAnswer> PeerAsync(string method, string target, HttpContent? content = null, string? who = "peer", params (string Name, string Value)[] headers)
    {
        using var client = Host.Peers(who is null ? null : _certificates[who]);
        return await SendAsync(client, method, target, content, headers);
    }

    /// <summary>Asks at the applications' door.</summary>
    internal Task<InputAnswer> ApplicationAsync(string method, string target, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        SendAsync(Host.Applications, method, target, content, headers);

    /// <summary>Says bytes at the peers' door, after the handshake.</summary>
    internal async Task<InputAnswer> RawAsync(string text, string who = "peer")
    {
        using var socket = await ConnectAsync();
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", ClientCertificateContext = SslStreamCertificateContext.Create(_certificates[who], null, offline: true) }, Token);
        await SayAsync(tls, text);
        return await InputAnswer.OfAsync(tls);
    }

    /// <summary>Says bytes at the peers' door instead of a handshake.</summary>
    internal async Task<InputAnswer> PlainAsync(byte[] bytes)
    {
        using var socket = await ConnectAsync();
        await using var stream = socket.GetStream();
        await stream.WriteAsync(bytes, Token);
        socket.Client.Shutdown(SocketShutdown.Send);
        return await InputAnswer.OfAsync(stream);
    }

    internal Task<InputAnswer> PushAsync(string id, byte[] content, string? hash = null, string origin = "peer", string who = "peer") => PeerAsync(
        "PUT", SyncRoutes.SegmentOf(id), Body(content, SyncMediaTypes.Segment), who, (SyncHeaders.Origin, origin), (SyncHeaders.ContentHash, hash ?? ContentHash.Of(content).ToString()));

    internal static ByteArrayContent Body(byte[] bytes, string? mediaType, string? encoding = null)
    {
        var content = new ByteArrayContent(bytes);
        if (mediaType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        if (encoding is not null)
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return content;
    }

    internal static ByteArrayContent Json(string text) => Body(Encoding.UTF8.GetBytes(text), "application/json");

    internal static LogSegment Segment(string id, params int[] numbers) => LogSegment.FromEntries(
        new SegmentId(id), new OperatorId("peer"), numbers.Select(number => LogEntry.Create($"{id}-{number:000}", number, EntryType.Fact, "{\"n\":1}"u8)));

    private static async Task<InputAnswer> SendAsync(HttpClient client, string method, string target, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await InputAnswer.OfAsync(await client.SendAsync(request, Token));
    }

    // A server that has heard enough closes while we still speak.
    private static async Task SayAsync(Stream stream, string text)
    {
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), Token);
        }
        catch (IOException)
        {
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        using var client = Host.Peers(null);
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port, Token);
        return socket;
    }

    private PeerRecord Record(string name) => new()
    {
        Id = name,
        Address = "https://peer.example:7443",
        Pins = SpkiPin.Of(_certificates[name]),
        Enabled = name != "off",
        Permissions = name == "reader" ? "read" : "read,write,resolve",
        Scope = name == "scoped" ? "mine-" : null,
    };

    private static X509Certificate2 Certificate(string name, DateTimeOffset from, DateTimeOffset until, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        return request.CreateSelfSigned(from, until);
    }
}
