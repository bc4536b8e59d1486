using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causality.Protocol.Identity;

namespace Causality.EdgeBenchmark;

/// <summary>A peer of the gateways: its key, and clients that show it.</summary>
internal sealed class Keys(string id) : IDisposable
{
    private readonly X509Certificate2 _certificate = Make(id);

    public string Id => id;

    public string Pin => SpkiPin.Of(_certificate);

    /// <param name="port">Where.</param>
    /// <param name="connections">Most of them.</param>
    public HttpClient ClientOf(int port, int connections) => new(new SocketsHttpHandler { MaxConnectionsPerServer = connections, SslOptions = Tls(), UseProxy = false })
    {
        BaseAddress = new Uri($"https://127.0.0.1:{port}"),
        Timeout = TimeSpan.FromSeconds(30),
    };

    public void Dispose() => _certificate.Dispose();

    private SslClientAuthenticationOptions Tls() => new()
    {
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
        ClientCertificateContext = SslStreamCertificateContext.Create(_certificate, null, offline: true),
    };

    private static X509Certificate2 Make(string id)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest($"CN={id}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
