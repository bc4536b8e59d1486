using Causality.Contracts.Http.Control;
using Causality.Scheduler.Peers;
using Causality.Storage.Database;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Discovery;

/// <summary>Asks every source of peers in turn and takes over what is new or changed.</summary>
internal sealed class PeerDiscoveryLoop(
    IEnumerable<IPeerDiscovery> sources, PeerCatalog catalog, IServiceScopeFactory scopes, IOptionsMonitor<DiscoveryOptions> options, TimeProvider time, ILogger<PeerDiscoveryLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var source in sources)
                await ReadAsync(source, stoppingToken);
            try
            {
                await Task.Delay(options.CurrentValue.Interval, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ReadAsync(IPeerDiscovery source, CancellationToken cancellationToken)
    {
        try
        {
            var named = await source.GetPeersAsync(cancellationToken);
            var known = await KnownAsync(cancellationToken);
            var changed = named.Where(peer => !IsKnown(peer, known)).ToList();
            foreach (var peer in changed)
                await catalog.AddAsync(peer, cancellationToken);
            if (changed.Count > 0)
                logger.DiscoveryRead(source.Source, named.Count, changed.Count);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong with one source (or the database) now, the next round asks again; the loop must outlive it.
            logger.DiscoveryFailed(exception, source.Source);
        }
    }

    private async Task<Dictionary<string, PeerInfo>> KnownAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var peers = await PeerCatalog.ListAsync(scope.ServiceProvider.GetRequiredService<CausalityDbContext>(), cancellationToken);
        return peers.ToDictionary(peer => peer.PeerId, StringComparer.Ordinal);
    }

    private static bool IsKnown(PeerRequest peer, Dictionary<string, PeerInfo> known) =>
        peer.Id is not null && known.TryGetValue(peer.Id, out var info)
        && string.Equals(info.Address, peer.Address?.TrimEnd('/'), StringComparison.Ordinal)
        && info.Pins.SequenceEqual(peer.Pins ?? [], StringComparer.OrdinalIgnoreCase);
}
