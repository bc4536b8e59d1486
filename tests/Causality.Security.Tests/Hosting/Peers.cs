using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Causality.Security.Tests.Hosting;

/// <summary>Clients of the peers' door.</summary>
internal static class Peers
{
    /// <param name="shown">Null for a client that shows none.</param>
    public static HttpClient Client(X509Certificate2? shown = null)
    {
        var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null };
        if (shown is not null)
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(shown, null, offline: true);
        return new HttpClient(new SocketsHttpHandler { SslOptions = tls });
    }

    /// <summary>A peer's key and certificate, and the pin by which it is known.</summary>
    public static (X509Certificate2 Certificate, string Pin) Identity()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=peer-b", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(30), DateTimeOffset.UnixEpoch.AddYears(90));
        return (certificate, Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())));
    }
}
