using Causality.Contracts.Http.Control;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Discovery;

/// <summary>Peers written in the configuration.</summary>
public sealed class ConfiguredPeerDiscovery(IOptionsMonitor<DiscoveryOptions> options) : IPeerDiscovery
{
    /// <inheritdoc/>
    public string Source => "configuration";

    /// <inheritdoc/>
    public Task<IReadOnlyList<PeerRequest>> GetPeersAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<PeerRequest>>([.. options.CurrentValue.Peers.Select(peer => new PeerRequest { Id = peer.Id, Address = peer.Address, Pins = [.. peer.Pins] })]);
}
