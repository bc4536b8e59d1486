using Causality.Protocol.Client;
using Causality.Storage;
using Causality.Storage.Maintenance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Causality.Protocol.Repair;

/// <summary>Registers the peers as the place where damaged contents can be had.</summary>
public static class RepairServices
{
    /// <summary>Adds an <see cref="ISegmentSource"/> over the peers' protocol.</summary>
    /// <param name="services">With <c>AddCausalityStorage</c>; may be called more than once.</param>
    public static IServiceCollection AddRepairFromPeers(this IServiceCollection services)
    {
        services.AddSyncProtocolClient();
        services.AddPeerTables();
        services.TryAddSingleton<ISegmentSource, PeerSegments>();
        return services;
    }
}
