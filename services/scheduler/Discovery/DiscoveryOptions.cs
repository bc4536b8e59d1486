using Causality.Contracts.Http.Control;

namespace Causality.Scheduler.Discovery;

/// <summary>Where peers are found without a person adding them. Configuration section <c>Discovery</c>.</summary>
public sealed class DiscoveryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Discovery";

    /// <summary>Peers written in the configuration: <c>Discovery:Peers:0:Id</c>, <c>:Address</c>, <c>:Pins:0</c>.</summary>
    /// <value>Default none.</value>
    public IList<ConfiguredPeer> Peers { get; } = [];

    /// <summary>A JSON file with a list of peers, each <c>{"id":…,"address":…,"pins":[…]}</c>; read again when it changes.</summary>
    /// <value>Default none.</value>
    public string? File { get; set; }

    /// <summary>A DNS name with SRV records, one per peer, for example <c>_causality._tcp.example.org</c>; see <see cref="DnsPeerDiscovery"/>.</summary>
    /// <value>Default none.</value>
    public string? DnsName { get; set; }

    /// <summary>The DNS server to ask, <c>address</c> or <c>address:port</c>.</summary>
    /// <value>Default: the system's.</value>
    public string? DnsServer { get; set; }

    /// <summary>Time between two rounds over all sources.</summary>
    /// <value>Default 30 s; at least 1 s.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);
}
