using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Protocol.Identity;
using Causality.Scheduler.Peers;
using Causality.Storage.Database;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Discovery;

/// <summary>Asks every source of peers in turn and takes over what is new or changed.</summary>
internal sealed class PeerDiscoveryLoop(
    IEnumerable<IPeerDiscovery> sources, PeerCatalog catalog, IServiceScopeFactory scopes, IOptionsMonitor<DiscoveryOptions> options, IOptions<OperatorOptions> self, TimeProvider time, ILogger<PeerDiscoveryLoop> logger) : BackgroundService
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
            var changed = 0;

            // One list may serve every operator, so this one stands in it too.
            foreach (var peer in named.Where(peer => peer.Id != self.Value.Id))
                changed += await TakeAsync(source, peer, known, cancellationToken) ? 1 : 0;
            if (changed > 0)
                logger.DiscoveryRead(source.Source, named.Count, changed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong with one source (or the database) now, the next round asks again; the loop must outlive it.
            logger.DiscoveryFailed(exception, source.Source);
        }
    }

    // A peer that is written wrong is that peer's fault: the others of the same source are none the worse for it.
    private async Task<bool> TakeAsync(IPeerDiscovery source, PeerRequest named, Dictionary<string, PeerInfo> known, CancellationToken cancellationToken)
    {
        try
        {
            var peer = PeerValidation.Normalize(named, self.Value.Id);
            if (known.TryGetValue(peer.Id!, out var info))
            {
                // A source that says nothing of overrides leaves those that a person has set.
                peer = peer with { Overrides = peer.Overrides ?? info.Overrides };
                if (IsSame(peer, info))
                    return false;
            }

            await catalog.TakeOverAsync(peer, cancellationToken);
            return true;
        }
        catch (InvalidPeerException exception)
        {
            logger.DiscoveredPeerInvalid(source.Source, Printable.Shorten(named.Id), exception.Message);
            return false;
        }
    }

    private async Task<Dictionary<string, PeerInfo>> KnownAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var peers = await PeerCatalog.ListAsync(scope.ServiceProvider.GetRequiredService<CausalityDbContext>(), cancellationToken);
        return peers.ToDictionary(peer => peer.PeerId, StringComparer.Ordinal);
    }

    private static bool IsSame(PeerRequest peer, PeerInfo known) => known.Address == peer.Address && known.Pins.SequenceEqual(peer.Pins!) && (peer.Permissions is null || known.Permissions.SequenceEqual(peer.Permissions)) && known.Overrides == peer.Overrides;
}
