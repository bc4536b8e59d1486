using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causality.Protocol.Identity;

namespace Causality.EdgeBenchmark;

/// <summary>A peer of the gateways: its key, and clients that show it.</summary>
internal sealed class Keys : IDisposable
{
    private readonly X509Certificate2 _certificate;

    public Keys(string id) : this(id, Make(id))
    {
    }

    private Keys(string id, X509Certificate2 certificate) => (Id, _certificate) = (id, certificate);

    public string Id { get; }

    public string Pin => SpkiPin.Of(_certificate);

    /// <summary>For another process.</summary>
    public string Export() => Convert.ToBase64String(_certificate.Export(X509ContentType.Pkcs12));

    public static Keys Import(string exported) => new("", X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(exported), null));

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
