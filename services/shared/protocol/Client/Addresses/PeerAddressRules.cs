using System.Net;
using Causality.Protocol.Server.Listeners;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Client.Addresses;

/// <summary>Decides which addresses peers may have, and resolves names to those.</summary>
/// <param name="options">What is allowed beside public addresses.</param>
/// <param name="resolver">Finds addresses.</param>
/// <param name="configuration">Says where this operator itself listens; null for "not on a loopback address".</param>
public sealed class PeerAddressRules(IOptions<PeerAddressOptions> options, IHostResolver resolver, IConfiguration? configuration = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly PeerAddressOptions _options = options.Value;
    private readonly List<IPNetwork> _allowed = [.. options.Value.Allow.Select(network => IPNetwork.Parse(network))];

    private bool AllowsLoopback => _options.AllowLoopback ?? (ListenAddress.TryParse(configuration?["Gateway:PeerUrl"], "https", out var own) && own!.IsLoopback);

    /// <summary>Why peers may not have an address, and which setting would let them; null when they may.</summary>
    public string? RefusalOf(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_allowed.Exists(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)))
            return null;
        return AddressKinds.Of(address) switch
        {
            AddressKind.Public => null,
            AddressKind.Loopback => AllowsLoopback ? null : "is a loopback address; set PeerAddresses:AllowLoopback to true to let peers be on this machine",
            AddressKind.Private => _options.AllowPrivateNetworks ? null : "is on a private network; set PeerAddresses:AllowPrivateNetworks to true, or name its network in PeerAddresses:Allow, to let peers be there",
            AddressKind.NoHost => "is no address of one machine",
            AddressKind.LinkLocal => "is a link-local address; name its network in PeerAddresses:Allow if a peer really is there",
            AddressKind.Metadata => "is that of a metadata service; no peer can be there",
            _ => "is set aside for special use; name its network in PeerAddresses:Allow if a peer really is there",
        };
    }

    /// <summary>The addresses of a host, all of them allowed.</summary>
    /// <exception cref="PeerAddressException">One of them is not; the message names it, the rule and the setting. A name with a good and a bad address is an attempt.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The name cannot be resolved.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        // The system refuses to "resolve" some literal addresses with an error of its own.
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken);
        foreach (var address in addresses)
        {
            if (RefusalOf(address) is { } refusal)
                throw new PeerAddressException(address.Equals(literal) ? $"{address} {refusal}." : $"{Causality.Core.Printable.Shorten(host)} is at {address}, which {refusal}.");
        }

        return addresses;
    }

    /// <summary>Checks the address of a peer that is to be added. A name that cannot be resolved now is checked when it is connected to.</summary>
    /// <param name="address">As <see cref="PeerAddress.TryParse"/> reads it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PeerAddressException">No peer may be there.</exception>
    public async Task CheckAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await ResolveAsync(address.IdnHost, patience.Token);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Not known today.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody answers in time.
        }
    }
}
