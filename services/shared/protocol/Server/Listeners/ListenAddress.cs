using System.Net;
using Causality.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Causality.Protocol.Server.Listeners;

/// <summary>An address to listen at, read from configuration.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Address">The IP address; null for every address.</param>
/// <param name="IsLocalhost">Written as <c>localhost</c>: both loopback addresses.</param>
/// <param name="Port">0 for a free one.</param>
public sealed record ListenAddress(string Scheme, IPAddress? Address, bool IsLocalhost, int Port)
{
    /// <summary>True when only this machine can reach it.</summary>
    public bool IsLoopback => IsLocalhost || (Address is not null && IPAddress.IsLoopback(Address));

    /// <summary>Reads <c>scheme://host:port</c>.</summary>
    /// <param name="url">The text.</param>
    /// <param name="scheme">The only scheme allowed.</param>
    /// <param name="address">The result.</param>
    /// <returns>False for another scheme, a host that is neither an IP address nor <c>localhost</c> nor <c>*</c>, or a path.</returns>
    public static bool TryParse(string? url, string scheme, out ListenAddress? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(url) || !url.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase))
            return false;

        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return false;
        }

        var host = parsed.Host;
        var isLocalhost = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);
        var isAny = host is "*" or "+" or "0.0.0.0" or "[::]";
        IPAddress? ip = null;
        if (!isLocalhost && !isAny && !IPAddress.TryParse(host, out ip))
            return false;
        if (parsed.PathBase.Length > 0 || parsed.IsUnixPipe || parsed.Port is < 0 or > IPEndPoint.MaxPort)
            return false;

        address = new ListenAddress(scheme, ip, isLocalhost, parsed.Port);
        return true;
    }

    /// <summary>Reads an address that has been validated before.</summary>
    /// <exception cref="FormatException">It is no such address; the message names the setting and the rule.</exception>
    public static ListenAddress Parse(string? url, string scheme, string setting) =>
        TryParse(url, scheme, out var address) ? address! : throw new FormatException(Explain(url, scheme, setting));

    /// <summary>The message for an address that cannot be read.</summary>
    public static string Explain(string? url, string scheme, string setting) =>
        $"{setting} is '{Printable.Shorten(url)}': set it to {scheme}://host:port without a path, where host is an IP address, localhost or * and port is 0 to 65535.";

    internal void Listen(KestrelServerOptions kestrel, Action<ListenOptions> configure)
    {
        if (IsLocalhost && Port != 0)
            kestrel.ListenLocalhost(Port, configure);
        else if (IsLocalhost)
            kestrel.Listen(IPAddress.Loopback, 0, configure);
        else if (Address is null)
            kestrel.ListenAnyIP(Port, configure);
        else
            kestrel.Listen(Address, Port, configure);
    }
}
