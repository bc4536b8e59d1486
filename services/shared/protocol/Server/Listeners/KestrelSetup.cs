using Causality.Contracts.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Listeners;

/// <summary>Opens the registered doors with bounds that hold for all of them.</summary>
internal sealed class KestrelSetup(IServiceProvider services, IEnumerable<ListenerRegistration> listeners) : IConfigureOptions<KestrelServerOptions>
{
    private const int MaxConnections = 2_000;

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        kestrel.Limits.MaxRequestBodySize = SyncLimits.MaxRequestBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        // In the order of their kinds: whoever asks for the address of an operator is to find the applications' first.
        foreach (var listener in listeners.OrderBy(listener => listener.Kind))
            listener.Open(services, kestrel);
    }
}
