using Causality.Protocol.Server.Connections;
using Causality.Protocol.Server.Limits;
using Causality.Storage.Observing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Listeners;

/// <summary>Opens the doors of a process.</summary>
public static class ListenerServiceCollectionExtensions
{
    /// <summary>Listens at <c>Http:Url</c> for applications and people, and at <c>Http:ControlUrl</c> where that is set. The first call of a process decides; the modules of the embedded form share one door.</summary>
    /// <param name="services">The process.</param>
    /// <param name="defaultUrl">Used when <c>Http:Url</c> is not set.</param>
    public static IServiceCollection AddApplicationListener(this IServiceCollection services, string defaultUrl)
    {
        if (!services.TryAddListener(ListenerKind.Application, OpenApplication))
            return services;

        services.TryAddListener(ListenerKind.Control, OpenControl);
        Instruments.Publish(typeof(ServerMetrics));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpOptions>, HttpOptionsValidator>());
        services.AddOptions<HttpOptions>().Configure(options => options.Url = defaultUrl).BindConfiguration(HttpOptions.Section).ValidateOnStart();
        return services;
    }

    /// <summary>Listens at an address of its own for whoever collects metrics.</summary>
    /// <param name="services">The process.</param>
    /// <param name="url">Validated: <c>http://host:port</c>.</param>
    /// <param name="setting">Where it comes from, for messages.</param>
    public static IServiceCollection AddMetricsListener(this IServiceCollection services, string url, string setting)
    {
        services.TryAddListener(ListenerKind.Metrics, (provider, kestrel) => ListenAddress.Parse(url, "http", setting).Listen(kestrel, listen => listen.MarkAs(ListenerKind.Metrics, provider)));
        return services;
    }

    /// <summary>Adds a door that is opened when the server starts.</summary>
    /// <returns>False when the process has a door of that kind already; nothing is added then.</returns>
    internal static bool TryAddListener(this IServiceCollection services, ListenerKind kind, Action<IServiceProvider, KestrelServerOptions> open)
    {
        if (services.Any(service => service.ImplementationInstance is ListenerRegistration existing && existing.Kind == kind))
            return false;

        services.AddSingleton(new ListenerRegistration(kind, open));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PeerLimitOptions>, PeerLimitOptionsValidator>());
        services.AddOptions<PeerLimitOptions>().BindConfiguration(PeerLimitOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>, KestrelSetup>());
        return true;
    }

    private static void OpenApplication(IServiceProvider services, KestrelServerOptions kestrel)
    {
        var options = services.GetRequiredService<IOptions<HttpOptions>>().Value;
        ListenAddress.Parse(options.Url, "http", "Http:Url").Listen(kestrel, listen => listen.MarkAs(ListenerKind.Application, services));
    }

    private static void OpenControl(IServiceProvider services, KestrelServerOptions kestrel)
    {
        var options = services.GetRequiredService<IOptions<HttpOptions>>().Value;
        if (options.HasControlDoor)
            ListenAddress.Parse(options.ControlUrl, "http", "Http:ControlUrl").Listen(kestrel, listen => listen.MarkAs(ListenerKind.Control, services));
    }

    /// <summary>Marks every connection of an endpoint with its door, which keeps it from now on.</summary>
    internal static void MarkAs(this ListenOptions listen, ListenerKind kind, IServiceProvider services)
    {
        var feature = new ListenerFeature(kind);
        var limits = services.GetRequiredService<IOptions<PeerLimitOptions>>().Value;
        var door = new Door(limits);
        listen.Use(next => async connection =>
        {
            using var entered = door.Enter(connection);
            connection.Features.Set<IListenerFeature>(feature);
            connection.Features.Set(entered);
            if (kind != ListenerKind.Peer || await entered.SpeaksAsync(limits.HandshakeTimeout))
                await next(connection);
        });
    }
}
