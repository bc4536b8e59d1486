using System.Net;
using System.Net.Sockets;

namespace Causality.Protocol.Client.Addresses;

/// <summary>Tells what kind an IP address is of, also when an IPv4 address hides in one of IPv6.</summary>
/// <remarks>Source: the special-purpose address registries of IANA (RFC 6890), RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo).</remarks>
internal static class AddressKinds
{
    private static readonly (IPNetwork Network, AddressKind Kind)[] Special =
    [
        .. Networks(AddressKind.Metadata, "169.254.169.254/32", "100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32", "fd00:ec2::254/128", "fd20:ce::254/128"),
        .. Networks(AddressKind.NoHost, "0.0.0.0/8", "224.0.0.0/4", "255.255.255.255/32", "::/128", "ff00::/8"),
        .. Networks(AddressKind.Loopback, "127.0.0.0/8", "::1/128"),
        .. Networks(AddressKind.LinkLocal, "169.254.0.0/16", "fe80::/10"),
        .. Networks(AddressKind.Private, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"),
        .. Networks(AddressKind.Reserved, "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"),
        .. Networks(AddressKind.Reserved, "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16"),
    ];

    /// <summary>Where IPv6 addresses carry one of IPv4, and from which byte on.</summary>
    private static readonly (IPNetwork Network, int Start)[] Embedding =
        [(IPNetwork.Parse("::ffff:0:0/96"), 12), (IPNetwork.Parse("::/96"), 12), (IPNetwork.Parse("::ffff:0:0:0/96"), 12), (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2)];

    /// <summary>The kind of an address.</summary>
    public static AddressKind Of(IPAddress address)
    {
        foreach (var (network, kind) in Special)
        {
            if (network.Contains(address))
                return kind;
        }

        return Embedded(address) is { } inner ? Of(inner) : AddressKind.Public;
    }

    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        foreach (var (network, start) in Embedding)
        {
            if (Contains(network, address))
                return new IPAddress(address.GetAddressBytes().AsSpan(start, 4));
        }

        return null;
    }

    // IPNetwork looks at a mapped address as the one of IPv4 that it holds.
    private static bool Contains(IPNetwork network, IPAddress address) =>
        network.BaseAddress.GetAddressBytes().AsSpan(0, network.PrefixLength / 8).SequenceEqual(address.GetAddressBytes().AsSpan(0, network.PrefixLength / 8));

    private static IEnumerable<(IPNetwork, AddressKind)> Networks(AddressKind kind, params string[] networks) => networks.Select(network => (IPNetwork.Parse(network), kind));
}
