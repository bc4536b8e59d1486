using System.Net;
using System.Security.Cryptography.X509Certificates;
using Causality.Protocol.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Forwarding;

/// <summary>Reads the client certificate that a named proxy passes on.</summary>
/// <remarks>The proxy has seen in its own handshake that the client holds the key; that is all that is believed of it.</remarks>
internal sealed class ForwardedCertificates(IOptions<ForwardedCertificateOptions> options)
{
    private readonly ForwardedCertificateOptions _options = options.Value;
    private readonly List<IPNetwork> _from = [.. options.Value.From.Select(network => IPNetwork.Parse(network))];

    /// <summary>True when the connection is a named proxy's: then its header counts, and nothing else.</summary>
    public bool IsFromProxy(HttpContext context)
    {
        if (_from.Count == 0 || context.Connection.RemoteIpAddress is not { } remote)
            return false;
        var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        return _from.Exists(network => network.Contains(address))
            && (_options.ProxyPins.Count == 0 || (context.Connection.ClientCertificate is { } own && SpkiPin.IsOneOf(SpkiPin.Of(own), _options.ProxyPins)));
    }

    /// <summary>The certificate; null when there is none, more than one, or one that cannot be read.</summary>
    public X509Certificate2? Read(HttpContext context) =>
        context.Request.Headers.TryGetValue(_options.Header, out var values) && values is [{ Length: > 0 } text] ? ForwardedCertificateText.Parse(text) : null;
}
