using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Causality.Contracts.Http;
using Causality.Protocol.Identity;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>An upload of which a part is sent and the rest never: headers and body by hand, because a client of the framework keeps both back until there is enough of them.</summary>
internal sealed class HeldUpload : IAsyncDisposable
{
    private const string Continue = "HTTP/1.1 100 Continue";

    private readonly TcpClient _socket = new();
    private SslStream _tls = null!;
    private StreamReader _answers = null!;

    /// <summary>The status line of what the server said first: that the body may come, or that it may not.</summary>
    public string First { get; private set; } = "";

    /// <summary>True when the server has made room for the whole body, and waits for it.</summary>
    public bool IsHeld => First == Continue;

    /// <summary>Announces a segment and, when the server will have it, sends a quarter.</summary>
    /// <param name="server">Where.</param>
    /// <param name="peer">Who.</param>
    /// <param name="lengthBytes">What is announced.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<HeldUpload> BeginAsync(OperatorServer server, OperatorIdentity peer, int lengthBytes, CancellationToken cancellationToken)
    {
        var upload = new HeldUpload();
        await upload._socket.ConnectAsync(server.PeerAddress.Host, server.PeerAddress.Port, cancellationToken);
        upload._tls = new SslStream(upload._socket.GetStream(), false, (_, _, _, _) => true);
        await upload._tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", ClientCertificateContext = SslStreamCertificateContext.Create(peer.Certificate, null, offline: true) }, cancellationToken);
        upload._answers = new StreamReader(upload._tls, Encoding.ASCII);

        // With 100-continue the server says when it begins to read, which is after it has made room.
        await upload._tls.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"PUT {SyncRoutes.SegmentOf("held")} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {SyncMediaTypes.Segment}\r\nContent-Length: {lengthBytes}\r\nExpect: 100-continue\r\n{SyncHeaders.Origin}: beta\r\n{SyncHeaders.ContentHash}: {new string('0', 64)}\r\n\r\n")), cancellationToken);
        upload.First = await upload._answers.ReadLineAsync(cancellationToken) ?? "";
        if (upload.IsHeld)
        {
            await upload._answers.ReadLineAsync(cancellationToken);
            await upload._tls.WriteAsync(new byte[lengthBytes / 4], cancellationToken);
        }

        return upload;
    }

    /// <summary>The status line of the answer, once the server waits no more.</summary>
    public async Task<string> AnswerAsync(CancellationToken cancellationToken) => await _answers.ReadLineAsync(cancellationToken) ?? "";

    public async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync();
        _socket.Dispose();
    }
}
