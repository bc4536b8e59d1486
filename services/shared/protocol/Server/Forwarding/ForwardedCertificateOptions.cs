namespace Causality.Protocol.Server.Forwarding;

/// <summary>Client certificates that a TLS-terminating proxy passes on in a header. Configuration section <c>Gateway:ForwardedCertificates</c>.</summary>
/// <remarks>The header is believed from the proxies that are named here and from nobody else; a proxy must replace whatever a client has sent under that name.</remarks>
public sealed class ForwardedCertificateOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway:ForwardedCertificates";

    /// <summary>Networks of the proxies, such as <c>10.1.2.3/32</c>.</summary>
    /// <value>Default none: nobody is believed.</value>
    public IList<string> From { get; } = [];

    /// <summary>Pins of the client certificates that the proxies show to this door; with any, a proxy needs one of them as well as an address in <see cref="From"/>.</summary>
    /// <value>Default none. Give them wherever other machines may have an address out of <see cref="From"/>.</value>
    public IList<string> ProxyPins { get; } = [];

    /// <summary>Name of the header: a certificate in PEM (percent-encoded, as nginx writes it), in base64 of DER, or as <c>Cert="…"</c> of Envoy's form.</summary>
    /// <value>Default <c>X-Forwarded-Client-Cert</c>.</value>
    public string Header { get; set; } = "X-Forwarded-Client-Cert";
}
