using Causality.Contracts.Http.Control;
using Causality.Protocol.Server;
using Causality.Scheduler.Peers;
using Causality.ServiceDefaults.Control;
using Causality.Storage.Database;

namespace Causality.Scheduler.Api;

/// <summary>The control API's routes for peers.</summary>
internal static class PeerEndpoints
{
    private const int MaxBodyBytes = 64 * 1024;

    public static void MapPeers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ControlRoutes.Peers, (CausalityDbContext database, CancellationToken cancellationToken) => PeerCatalog.ListAsync(database, cancellationToken)).NeedsRole(ControlPolicies.Read);
        routes.MapGet(ControlRoutes.Peer, ShowAsync).NeedsRole(ControlPolicies.Read);
        routes.MapPost(ControlRoutes.Peers, AddAsync).NeedsRole(ControlPolicies.Operate);
        routes.MapDelete(ControlRoutes.Peer, RemoveAsync).NeedsRole(ControlPolicies.Operate);
        routes.MapPost(ControlRoutes.PausePeer, (string peerId, PeerCatalog peers, CancellationToken cancellationToken) => SwitchAsync(peerId, false, peers, cancellationToken)).NeedsRole(ControlPolicies.Operate);
        routes.MapPost(ControlRoutes.ResumePeer, (string peerId, PeerCatalog peers, CancellationToken cancellationToken) => SwitchAsync(peerId, true, peers, cancellationToken)).NeedsRole(ControlPolicies.Operate);
    }

    private static async Task<IResult> ShowAsync(string peerId, CausalityDbContext database, CancellationToken cancellationToken) =>
        await PeerCatalog.FindAsync(database, peerId, cancellationToken) is { } peer ? Results.Ok(peer) : throw ControlProblems.UnknownPeer(peerId);

    private static async Task<IResult> AddAsync(HttpContext context, PeerCatalog peers, CausalityDbContext database)
    {
        var request = await RequestBody.ReadJsonAsync<PeerRequest>(context, MaxBodyBytes);
        bool isNew;
        try
        {
            isNew = await peers.AddAsync(request, context.RequestAborted);
        }
        catch (InvalidPeerException exception)
        {
            throw ControlProblems.InvalidPeer(exception);
        }

        var peer = await PeerCatalog.FindAsync(database, request.Id!, context.RequestAborted);
        return isNew ? Results.Created(ControlRoutes.Peer.Replace("{peerId}", request.Id, StringComparison.Ordinal), peer) : Results.Ok(peer);
    }

    private static async Task<IResult> RemoveAsync(string peerId, PeerCatalog peers, CancellationToken cancellationToken) =>
        await peers.RemoveAsync(peerId, cancellationToken) ? Results.NoContent() : throw ControlProblems.UnknownPeer(peerId);

    private static async Task<IResult> SwitchAsync(string peerId, bool enabled, PeerCatalog peers, CancellationToken cancellationToken) =>
        await peers.SetEnabledAsync(peerId, enabled, cancellationToken) ? Results.NoContent() : throw ControlProblems.UnknownPeer(peerId);
}
