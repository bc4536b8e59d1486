using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causality.Core;

namespace Causality.Protocol.Identity;

/// <summary>Makes the self-signed certificate of an operator's key.</summary>
internal static class IdentityCertificate
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int ValidYears = 10;

    /// <summary>Renewed at the first start that finds less than this left.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(180);

    public static X509Certificate2 Create(OperatorId operatorId, ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest($"CN={operatorId}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication), new Oid(ClientAuthentication)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));

        // A day back: operators' clocks differ, and a certificate that is not valid yet would be refused.
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(ValidYears));
    }

    public static string OperatorOf(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, false);
}
