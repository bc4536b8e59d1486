using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Listeners;

/// <summary>The host names that requests of the application listener may name.</summary>
internal sealed class AllowedHosts
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string>? _names;

    public AllowedHosts(IOptions<HttpOptions> options)
    {
        var configured = options.Value.AllowedHosts;
        var isLocal = ListenAddress.TryParse(options.Value.Url, "http", out var address) && address!.IsLoopback;
        if (configured.Contains("*") || (configured.Count == 0 && !isLocal))
            return;

        _names = new HashSet<string>(configured.Count > 0 ? configured : Loopback, StringComparer.OrdinalIgnoreCase);
        if (address?.Address is { } ip)
            _names.Add(ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{ip}]" : ip.ToString());
    }

    public bool Allow(HostString host) => _names is null || _names.Contains(host.Host);
}
