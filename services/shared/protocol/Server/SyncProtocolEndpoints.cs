using Causality.Contracts.Http;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Listeners;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Causality.Protocol.Server;

/// <summary>The server side of the peer protocol, version 1.</summary>
public static class SyncProtocolEndpoints
{
    /// <summary>Maps the routes of <see cref="SyncRoutes"/> on the peers' door, for known peers only.</summary>
    /// <param name="routes">Needs <c>ISyncableStorage</c>, <see cref="IKnownPeers"/>, what <c>AddPeerListener</c> adds, <c>OperatorIdentity</c> and <see cref="TimeProvider"/> as services, and <c>UseOperatorHttp</c> in the pipeline.</param>
    public static IEndpointRouteBuilder MapSyncProtocolV1(this IEndpointRouteBuilder routes)
    {
        Map(routes, HttpMethods.Get, SyncRoutes.Info, SegmentListHandlers.InfoAsync);
        Map(routes, HttpMethods.Get, SyncRoutes.Segments, SegmentListHandlers.ListAsync);
        Map(routes, HttpMethods.Post, SyncRoutes.SegmentMetadata, SegmentListHandlers.MetadataAsync);
        Map(routes, HttpMethods.Get, SyncRoutes.Segment, SegmentContentHandlers.SegmentAsync, load: PeerLoad.Download);
        Map(routes, HttpMethods.Post, SyncRoutes.SegmentEntries, SegmentContentHandlers.EntriesAsync, load: PeerLoad.Download);
        Map(routes, HttpMethods.Post, SyncRoutes.FetchSegments, FetchHandler.FetchAsync, load: PeerLoad.Download);
        Map(routes, HttpMethods.Put, SyncRoutes.Segment, PushHandler.PutAsync, PeerPermissions.Write, PeerLoad.Upload);
        Map(routes, HttpMethods.Post, SyncRoutes.Reconcile, ReconciliationHandlers.SegmentsAsync, load: PeerLoad.Diff);
        Map(routes, HttpMethods.Post, SyncRoutes.ReconcileSegment, ReconciliationHandlers.EntriesAsync, load: PeerLoad.Diff);
        Map(routes, HttpMethods.Post, SyncRoutes.ReconcileSymbols, ReconciliationHandlers.SegmentSymbolsAsync, load: PeerLoad.Diff);
        Map(routes, HttpMethods.Post, SyncRoutes.ReconcileSegments, ReconciliationHandlers.MetadataAsync, load: PeerLoad.Diff);
        Map(routes, HttpMethods.Post, SyncRoutes.ReconcileEntrySymbols, ReconciliationHandlers.EntrySymbolsAsync, load: PeerLoad.Diff);
        Map(routes, HttpMethods.Post, SyncRoutes.ReconcileEntries, ReconciliationHandlers.EntryHashesAsync, load: PeerLoad.Diff);
        Map(routes, HttpMethods.Post, SyncRoutes.Diff, DiffHandler.DiffAsync, load: PeerLoad.Diff);
        Map(routes, HttpMethods.Post, SyncRoutes.ResolveConflicts, WinnerHandler.ResolveAsync, PeerPermissions.Resolve);
        return routes;
    }

    private static void Map(
        IEndpointRouteBuilder routes, string method, string pattern, RequestDelegate handler, PeerPermissions permission = PeerPermissions.Read, PeerLoad load = PeerLoad.Light) =>
        routes.MapMethods(pattern, [method], PeerAuthentication.Require(permission, load, handler)).OnListener(ListenerKind.Peer).WithMetadata(new RequiredPermission(permission));
}
