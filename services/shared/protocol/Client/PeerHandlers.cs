using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Protocol.Client.Addresses;
using Causality.Protocol.Identity;

namespace Causality.Protocol.Client;

/// <summary>Makes the connection pool of one peer: our certificate, its pinned key, and nothing that a stranger could turn to use.</summary>
internal static class PeerHandlers
{
    private const int MaxHeadersKilobytes = 32;
    private const int MaxConnections = 16;

    public static SocketsHttpHandler Create(PeerEndpoint peer, OperatorIdentity identity, HttpSyncProtocolOptions options, PeerAddressRules? addresses) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        ConnectCallback = addresses is null
            ? null
            : (context, cancellationToken) => CheckedConnection.OpenAsync(peer, addresses, context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken),
        MaxConnectionsPerServer = MaxConnections,
        MaxResponseHeadersLength = MaxHeadersKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateContext = SslStreamCertificateContext.Create(identity.Certificate, null, offline: true),
            CertificateChainPolicy = new X509ChainPolicy
            {
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                TrustMode = X509ChainTrustMode.CustomRootTrust,
            },

            // The key is the identity: names, issuers and dates of the certificate say nothing that the pin does not say better.
            RemoteCertificateValidationCallback = (_, certificate, _, _) => IsPinned(peer, certificate),
        },
    };

    private static bool IsPinned(PeerEndpoint peer, X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 shown)
            throw PeerFaults.PinMismatch(peer, "none");

        var found = SpkiPin.Of(shown);
        if (!SpkiPin.IsOneOf(found, peer.Pins))
            throw PeerFaults.PinMismatch(peer, found);
        ClientMetrics.NoteCertificate(peer.Id, shown.NotAfter);
        return true;
    }
}
