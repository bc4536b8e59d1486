using System.Net;
using DnsClient;

namespace Causality.Scheduler.Discovery;

/// <summary>Registers the sources of peers that the configuration names; an application adds its own <see cref="IPeerDiscovery"/> beside them.</summary>
public static class DiscoveryExtensions
{
    private static readonly TimeSpan DnsTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds discovery by configuration, by file and by DNS, as configured.</summary>
    public static IServiceCollection AddPeerDiscovery(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(DiscoveryOptions.Section);
        var options = section.Get<DiscoveryOptions>() ?? new DiscoveryOptions();
        services.AddOptions<DiscoveryOptions>().Bind(section)
            .Validate(o => o.Interval >= TimeSpan.FromSeconds(1), "Discovery:Interval must be at least 1 s.")
            .Validate(o => o.DnsServer is null || IPEndPoint.TryParse(o.DnsServer, out _), "Discovery:DnsServer must be address or address:port.")
            .ValidateOnStart();

        services.AddSingleton<IPeerDiscovery, ConfiguredPeerDiscovery>();
        if (options.File is { Length: > 0 } file)
            services.AddSingleton<IPeerDiscovery>(new FilePeerDiscovery(Path.GetFullPath(file)));
        if (options.DnsName is { Length: > 0 } name)
            services.AddSingleton<IPeerDiscovery>(_ => new DnsPeerDiscovery(name, CreateLookup(options.DnsServer)));
        services.AddHostedService<PeerDiscoveryLoop>();
        return services;
    }

    private static LookupClient CreateLookup(string? server)
    {
        var settings = server is null || !IPEndPoint.TryParse(server, out var endpoint)
            ? new LookupClientOptions()
            : new LookupClientOptions(endpoint.Port == 0 ? new IPEndPoint(endpoint.Address, 53) : endpoint);
        settings.Timeout = DnsTimeout;
        settings.ThrowDnsErrors = true;
        return new LookupClient(settings);
    }
}
