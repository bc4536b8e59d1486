using Causality.Protocol.Client.Addresses;
using Causality.Protocol.Identity;
using Causality.Storage.Observing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Client;

/// <summary>Registers the client of the peer protocol.</summary>
public static class SyncProtocolServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ISyncProtocol"/> over HTTP with this operator's identity; one registered before stays.</summary>
    /// <param name="services">May be called more than once.</param>
    /// <param name="options">Waiting times and bounds; null for the defaults.</param>
    public static IServiceCollection AddSyncProtocolClient(this IServiceCollection services, HttpSyncProtocolOptions? options = null)
    {
        Instruments.Publish(typeof(ClientMetrics));
        services.AddOperatorIdentity();
        services.AddPeerAddressRules();
        services.TryAddSingleton(options ?? new HttpSyncProtocolOptions());
        services.TryAddSingleton<ISyncProtocol, HttpSyncProtocol>();
        return services;
    }

    /// <summary>Adds <see cref="PeerAddressRules"/>, which say where peers may be: section <see cref="PeerAddressOptions.Section"/>, validated at start.</summary>
    /// <param name="services">May be called more than once.</param>
    public static IServiceCollection AddPeerAddressRules(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PeerAddressOptions>, PeerAddressOptionsValidator>());
        services.AddOptions<PeerAddressOptions>().BindConfiguration(PeerAddressOptions.Section).ValidateOnStart();
        services.TryAddSingleton<IHostResolver, SystemHostResolver>();
        services.TryAddSingleton<PeerAddressRules>();
        return services;
    }
}
