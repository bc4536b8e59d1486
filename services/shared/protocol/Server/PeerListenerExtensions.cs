using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Causality.Protocol.Identity;
using Causality.Protocol.Reconciling;
using Causality.Protocol.Server.Connections;
using Causality.Protocol.Server.Forwarding;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Listeners;
using Causality.Storage.Log.Reconciling;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server;

/// <summary>Opens the peers' door.</summary>
public static class PeerListenerExtensions
{
    /// <summary>Listens for peers: TLS 1.2 or later with the operator's identity, asking for the client's certificate. Needs <c>AddOperatorIdentity</c> and <c>ISyncableStorage</c>.</summary>
    /// <param name="services">The process.</param>
    /// <param name="address">Where to listen, asked for when the server starts; scheme <c>https</c>.</param>
    public static IServiceCollection AddPeerListener(this IServiceCollection services, Func<IServiceProvider, ListenAddress> address)
    {
        services.AddReconciling();
        services.TryAddSingleton<SymbolTurn>();
        services.TryAddSingleton<PeerBudgets>();
        services.TryAddSingleton<PeerSessions>();
        services.AddHostedService<RevocationWatch>();
        services.AddOptions<ForwardedCertificateOptions>().BindConfiguration(ForwardedCertificateOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ForwardedCertificateOptions>, ForwardedCertificateOptionsValidator>());
        services.TryAddSingleton<ForwardedCertificates>();
        services.TryAddListener(ListenerKind.Peer, (provider, kestrel) =>
        {
            var identity = provider.GetRequiredService<OperatorIdentity>();
            address(provider).Listen(kestrel, listen =>
            {
                listen.MarkAs(ListenerKind.Peer, provider);

                // On a connection of HTTP/2 a stranger could ask without end, and a peer a hundred times at once; on one of HTTP/1.1 a refusal closes the connection, and what is open
                // at the same time is no more than connections.
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(Tls(identity, provider.GetRequiredService<IOptions<PeerLimitOptions>>().Value));
            });
        });
        return services;
    }

    private static HttpsConnectionAdapterOptions Tls(OperatorIdentity identity, PeerLimitOptions limits) => new()
    {
        ServerCertificate = identity.Certificate,
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        HandshakeTimeout = limits.HandshakeTimeout,

        // Any certificate completes the handshake, none too: who it is, is decided per request, so that a peer that is
        // switched off is out at once, on live connections too, and learns why in a problem answer.
        ClientCertificateMode = ClientCertificateMode.AllowCertificate,
        ClientCertificateValidation = static (_, _, _) => true,

        // The chain of a stranger's certificate is no reason to download anything.
        OnAuthenticate = static (_, tls) => tls.CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        },
    };
}
