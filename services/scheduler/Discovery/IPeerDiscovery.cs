using Causality.Contracts.Http.Control;

namespace Causality.Scheduler.Discovery;

/// <summary>Finds peers: the seed's <c>peer_discovery_service</c>. Every registered one is asked again and again; what it names is added or changed, never removed.</summary>
/// <remarks>Removing a peer is a person's decision: a source that is empty because it is broken must not cut an operator off.</remarks>
public interface IPeerDiscovery
{
    /// <summary>Where the peers come from, for the log: <c>configuration</c>, <c>file peers.json</c>, <c>dns _causality._tcp.example.org</c>.</summary>
    string Source { get; }

    /// <summary>The peers that the source names now; each is checked before it is used.</summary>
    /// <exception cref="PeerDiscoveryException">The source cannot be read, or not understood; the peers known so far stay.</exception>
    Task<IReadOnlyList<PeerRequest>> GetPeersAsync(CancellationToken cancellationToken = default);
}
