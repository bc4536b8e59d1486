using System.Security.Cryptography.X509Certificates;
using Causality.Core;

namespace Causality.Protocol.Identity;

/// <summary>Who this operator is towards its peers: an ECDSA P-256 key in a self-signed certificate, used as server and as client.</summary>
/// <param name="operatorId">The operator.</param>
/// <param name="certificate">With its private key; owned by this object.</param>
public sealed class OperatorIdentity(OperatorId operatorId, X509Certificate2 certificate) : IDisposable
{
    /// <summary>The operator.</summary>
    public OperatorId OperatorId { get; } = operatorId;

    /// <summary>The certificate with its private key.</summary>
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>What peers pin: see <see cref="SpkiPin"/>.</summary>
    public string Pin { get; } = SpkiPin.Of(certificate);

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();
}
