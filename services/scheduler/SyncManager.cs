using System.Runtime.CompilerServices;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Background;
using Causality.Scheduler.Events;
using Causality.Scheduler.Peers;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;

namespace Causality.Scheduler;

/// <summary>The seed's <c>SyncManager</c>: peers, schedule, syncs and their events, for an application in the same process.</summary>
/// <remarks>Everything it does is done through the same rows and messages as the control API's, so both may be used at once. Thread-safe. Seed: "SyncManager".</remarks>
public sealed class SyncManager(PeerCatalog peers, SyncRequests requests, SchedulerSwitch scheduler, EventFeed events, IServiceScopeFactory scopes)
{
    /// <summary>Lets the schedule begin syncs. That is how an operator is born; after <see cref="StopAsync"/> it takes this call, in whatever process.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) => scheduler.SetAsync(true, cancellationToken);

    /// <summary>Stops the schedule of the operator: no sync begins by itself any more, running ones go on to their end, requests are served.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => scheduler.SetAsync(false, cancellationToken);

    /// <summary>Adds a peer, or changes a known one.</summary>
    /// <exception cref="InvalidPeerException">A field is wrong; names it and the way out.</exception>
    public Task AddPeerAsync(PeerRequest peer, CancellationToken cancellationToken = default) => peers.AddAsync(peer, cancellationToken);

    /// <summary>Removes a peer; false when there is none of that name.</summary>
    public Task<bool> RemovePeerAsync(string peerId, CancellationToken cancellationToken = default) => peers.RemoveAsync(peerId, cancellationToken);

    /// <summary>Every peer, ascending by id, with the figures of its syncs.</summary>
    public async Task<IReadOnlyList<PeerInfo>> ListPeersAsync(CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await PeerCatalog.ListAsync(scope.ServiceProvider.GetRequiredService<CausalityDbContext>(), cancellationToken);
    }

    /// <summary>Syncs with one peer and waits for the end, however it ends.</summary>
    /// <exception cref="SyncRejectedException">No such peer, the peer is switched off, or the request is wrong.</exception>
    public async Task<SyncResult> SyncWithPeerAsync(string peerId, SyncOverrides? overrides = null, CancellationToken cancellationToken = default) =>
        (await SyncAsync(peerId, overrides, cancellationToken))[0];

    /// <summary>Syncs with every enabled peer and waits for all to end.</summary>
    /// <returns>One result per peer, ascending by peer id; empty without peers.</returns>
    public Task<IReadOnlyList<SyncResult>> SyncAllAsync(SyncOverrides? overrides = null, CancellationToken cancellationToken = default) => SyncAsync(null, overrides, cancellationToken);

    /// <summary>Results of syncs as they end, from now on, whoever asked for them.</summary>
    /// <param name="cancellationToken">Ends the subscription.</param>
    public async IAsyncEnumerable<SyncResult> SubscribeAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var after = await events.LatestAsync(cancellationToken);
        await foreach (var published in events.FollowAsync(after, cancellationToken))
        {
            if (EndedSync.ResultOf(published) is { } result)
                yield return result;
        }
    }

    /// <summary>The public events themselves, in order, none left out: what <c>GET /v1/events</c> streams.</summary>
    /// <param name="after">The number of the last event seen, to resume; null for those from now on, 0 for all that are kept.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    public async IAsyncEnumerable<PublicEvent> FollowEventsAsync(long? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var published in events.FollowAsync(after ?? await events.LatestAsync(cancellationToken), cancellationToken))
            yield return published;
    }

    private async Task<IReadOnlyList<SyncResult>> SyncAsync(string? peerId, SyncOverrides? overrides, CancellationToken cancellationToken)
    {
        var after = await events.LatestAsync(cancellationToken);
        var admitted = await requests.RequestAsync(new SyncRequested { PeerId = peerId, RequestedBy = "sync-manager", Overrides = overrides }, cancellationToken);

        // A request that another one covers waits for that one instead.
        var rejected = admitted.FirstOrDefault(sync => sync.Outcome == AdmissionOutcome.Rejected && sync.Reason != SyncReasons.Coalesced);
        if (rejected is not null)
            throw new SyncRejectedException(rejected.Reason!, rejected.Detail!);

        var open = admitted.Select(sync => sync.PeerId!).ToHashSet(StringComparer.Ordinal);
        var ids = admitted.ToDictionary(sync => sync.PeerId!, sync => sync.CoveredBy ?? sync.SyncId, StringComparer.Ordinal);
        var results = new SortedDictionary<string, SyncResult>(StringComparer.Ordinal);
        if (open.Count == 0)
            return [];

        await foreach (var published in events.FollowAsync(after, cancellationToken))
        {
            if (EndedSync.ResultOf(published) is not { } result || !ids.TryGetValue(result.PeerId, out var id) || id != result.SyncId)
                continue;
            results[result.PeerId] = result;
            if (open.Remove(result.PeerId) && open.Count == 0)
                break;
        }

        return [.. results.Values];
    }
}
