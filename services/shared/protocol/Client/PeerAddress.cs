using Causality.Contracts;
using Causality.Core;
using Causality.Protocol.Wire;

namespace Causality.Protocol.Client;

/// <summary>Checks where a peer is said to be.</summary>
public static class PeerAddress
{
    /// <summary>Reads a base address: <c>https</c>, a host, optionally a port, and nothing else.</summary>
    /// <param name="text">The address.</param>
    /// <param name="address">The result, without a path.</param>
    public static bool TryParse(string? text, out Uri? address) =>
        WebAddress.TryParse(text, out address)
        && address is { Scheme: "https", UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" }
        && address.Host.Length > 0;

    /// <exception cref="PeerRefusedException">The address cannot be used; the message names the peer and the rule.</exception>
    internal static Uri Of(PeerEndpoint peer) => TryParse(peer.Address, out var address)
        ? address!
        : throw new PeerRefusedException(
            SyncReasons.PeerAddressNotAllowed,
            $"Peer '{Printable.Shorten(peer.Id)}': its address '{Printable.Shorten(peer.Address)}' is not https://host:port; correct the address of the peer.");
}
