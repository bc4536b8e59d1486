namespace Causality.Protocol.Client.Addresses;

/// <summary>Where peers may be. Configuration section <c>PeerAddresses</c>; read by every process that adds peers or connects to them.</summary>
/// <remarks>Who may add a peer could else make this operator knock at any door of its own network (server-side request forgery).</remarks>
public sealed class PeerAddressOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "PeerAddresses";

    /// <summary>Lets peers be on private networks: 10/8, 172.16/12, 192.168/16, 100.64/10, fc00::/7 and fec0::/10.</summary>
    /// <value>Default false.</value>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Lets peers be on this machine: 127/8 and ::1.</summary>
    /// <value>Default: true when <c>Gateway:PeerUrl</c>, where this operator itself listens for peers, is a loopback address, because such an operator can have no others; else false.</value>
    public bool? AllowLoopback { get; set; }

    /// <summary>Networks in which peers may be whatever the other rules say, such as <c>10.20.0.0/16</c>; the only way to allow link-local addresses.</summary>
    /// <value>Default none.</value>
    public IList<string> Allow { get; } = [];
}
