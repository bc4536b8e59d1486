using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>Where the conflict-resolver answers: where the settings say, or at this process's own door when it is the whole operator.</summary>
internal sealed class ConflictAddress(IOptions<DashboardOptions> options, IServer server)
{
    private static readonly Uri Default = new("http://127.0.0.1:7074");

    /// <summary>True when it is this process.</summary>
    public bool IsHere => options.Value is { IsWholeOperator: true, ConflictResolverUrl: null };

    public Uri Find(HttpContext viewer)
    {
        if (options.Value.ConflictResolverUrl is { } url)
            return new Uri(url);
        if (!IsHere)
            return Default;

        // The door that the viewer came in by is open; the port is enough, whatever names it has.
        var own = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        var port = viewer.Connection.LocalPort > 0 ? viewer.Connection.LocalPort : own is null ? Default.Port : BindingAddress.Parse(own).Port;
        var host = viewer.Connection.LocalIpAddress is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? "[::1]" : "127.0.0.1";
        return new Uri($"http://{host}:{port}");
    }
}
