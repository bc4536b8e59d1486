using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>A client that says whatever a test wants it to say.</summary>
internal static class RawClient
{
    /// <param name="address">Base address.</param>
    /// <param name="certificate">Shown to the server; null for none.</param>
    public static HttpClient To(Uri address, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        };
        return new HttpClient(handler) { BaseAddress = address };
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

    /// <summary>Sends a request line exactly as it is written, which <see cref="Uri"/> would tidy up.</summary>
    public static async Task<string> StatusOfTargetAsync(Uri address, X509Certificate2? certificate, string request, CancellationToken cancellationToken)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true) }, cancellationToken);
        await tls.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(tls, Encoding.Latin1);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
