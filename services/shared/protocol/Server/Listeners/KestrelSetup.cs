using Causality.Contracts.Http;
using Causality.Protocol.Server.Limits;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Listeners;

/// <summary>Opens the registered doors with bounds that hold for all of them.</summary>
internal sealed class KestrelSetup(IServiceProvider services, IEnumerable<ListenerRegistration> listeners) : IConfigureOptions<KestrelServerOptions>
{
    private const int MaxHeaders = 100;
    private const int MaxHeaderBytes = 32 * 1024;
    private const int MaxRequestLineBytes = 8 * 1024;

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = services.GetRequiredService<IOptions<PeerLimitOptions>>().Value;
        kestrel.Limits.MaxConcurrentConnections = limits.Connections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        kestrel.Limits.MaxRequestHeaderCount = MaxHeaders;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.Limits.MaxRequestBodySize = SyncLimits.MaxRequestBytes;
        kestrel.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = limits.KeepAliveTimeout;
        // In the order of their kinds: whoever asks for the address of an operator is to find the applications' first.
        foreach (var listener in listeners.OrderBy(listener => listener.Kind))
            listener.Open(services, kestrel);
    }
}
