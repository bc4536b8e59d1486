using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causality.Core;
using Causality.Protocol.Identity;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>Identities that live in memory only.</summary>
internal static class TestIdentities
{
    public static OperatorIdentity Make(string id) => Make(id, TimeProvider.System.GetUtcNow());

    public static OperatorIdentity Make(string id, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new OperatorIdentity(new OperatorId(id), IdentityCertificate.Create(new OperatorId(id), key, now));
    }

    /// <summary>A certificate that is good for servers only.</summary>
    public static OperatorIdentity WithoutClientUsage(string id)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={id}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(IdentityCertificate.ServerAuthentication)], false));
        return new OperatorIdentity(new OperatorId(id), request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)));
    }
}
