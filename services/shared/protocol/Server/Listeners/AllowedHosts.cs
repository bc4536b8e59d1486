using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Listeners;

/// <summary>The host names that requests at a door may name.</summary>
internal sealed class AllowedHosts(IOptions<HttpOptions> options)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string>? _application = NamesFor(options.Value, ListenerKind.Application, options.Value.Url);
    private readonly HashSet<string>? _control = NamesFor(options.Value, ListenerKind.Control, options.Value.ControlUrl);

    public bool Allow(ListenerKind door, HostString host) => door switch
    {
        ListenerKind.Application => _application is null || _application.Contains(host.Host),
        ListenerKind.Control => _control is null || _control.Contains(host.Host),
        _ => true,
    };

    /// <summary>Null for any.</summary>
    private static HashSet<string>? NamesFor(HttpOptions options, ListenerKind door, string? url)
    {
        var configured = options.AllowedHosts;
        if (configured.Contains("*") || (configured.Count == 0 && !options.IsLoopback(door)))
            return null;

        var names = new HashSet<string>(configured.Count > 0 ? configured : Loopback, StringComparer.OrdinalIgnoreCase);
        if (ListenAddress.TryParse(url, "http", out var address) && address!.Address is { } ip)
            names.Add(ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{ip}]" : ip.ToString());
        return names;
    }
}
