using Causality.Contracts.Http.Control;
using Causality.Scheduler.Discovery;

namespace Causality.Standalone.Tests.Embedding;

/// <summary>An application's own source of peers.</summary>
internal sealed class FixedDiscovery(params IReadOnlyList<PeerRequest> peers) : IPeerDiscovery
{
    public string Source => "the application";

    public Task<IReadOnlyList<PeerRequest>> GetPeersAsync(CancellationToken cancellationToken = default) => Task.FromResult(peers);
}
