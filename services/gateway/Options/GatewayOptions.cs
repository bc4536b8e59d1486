using Causality.Protocol.Pacing;

namespace Causality.Gateway.Options;

/// <summary>The peers' door. Configuration section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>Where peers are let in, <c>https://host:port</c>; the host is an IP address, <c>localhost</c> or <c>*</c>; port 0 takes a free one.</summary>
    /// <value>Default <c>https://0.0.0.0:7443</c>.</value>
    public string PeerUrl { get; set; } = "https://0.0.0.0:7443";

    /// <summary>The address by which peers reach <see cref="PeerUrl"/>, as told to those who ask for the identity.</summary>
    /// <value>Default null: the address listened at, when it is a single one.</value>
    public string? AdvertisedUrl { get; set; }

    /// <summary>Most bytes of answers per second to each peer, over all of its connections.</summary>
    /// <value>Default 0: no limit; else at least 1,024.</value>
    public long BandwidthBytesPerSecond { get; set; }

    /// <summary>Limits by the time of the day, which go before <see cref="BandwidthBytesPerSecond"/>; the first that fits counts.</summary>
    /// <value>Default none; at most 100.</value>
    public List<BandwidthWindow> Bandwidth { get; set; } = [];
}
