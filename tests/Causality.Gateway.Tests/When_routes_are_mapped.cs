using Causality.Contracts.Http;
using Causality.Gateway.Tests.Hosting;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Causality.Gateway.Tests;

/// <summary>Default deny: whoever adds a route says at which door, and for peers with which permission.</summary>
public sealed class When_routes_are_mapped(ServedGateway served) : IClassFixture<ServedGateway>
{
    private IEnumerable<RouteEndpoint> Endpoints => served.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void Every_route_for_peers_declares_one_permission_and_no_other_route_does()
    {
        foreach (var endpoint in Endpoints)
        {
            var isForPeers = endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind == ListenerKind.Peer;
            var permission = endpoint.Metadata.GetMetadata<RequiredPermission>()?.Permission;

            (permission is not null).ShouldBe(isForPeers, endpoint.DisplayName);
            if (isForPeers)
                new[] { PeerPermissions.Read, PeerPermissions.Write, PeerPermissions.Resolve }.ShouldContain(permission!.Value, endpoint.DisplayName);
        }
    }

    [Fact]
    public void The_routes_of_the_protocol_are_for_peers_and_those_of_applications_are_not()
    {
        var byPattern = Endpoints.ToLookup(endpoint => endpoint.RoutePattern.RawText!, endpoint => endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind ?? ListenerKind.Application);

        byPattern.Where(route => route.Key.StartsWith(SyncRoutes.Prefix, StringComparison.Ordinal)).SelectMany(route => route).ShouldAllBe(kind => kind == ListenerKind.Peer);
        byPattern.Where(route => !route.Key.StartsWith(SyncRoutes.Prefix, StringComparison.Ordinal)).SelectMany(route => route).ShouldAllBe(kind => kind != ListenerKind.Peer);
        byPattern.SelectMany(route => route).Count(kind => kind == ListenerKind.Peer).ShouldBe(15);
    }

    [Fact]
    public void Writing_and_deciding_need_more_than_reading() => Endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<RequiredPermission>() is { Permission: not PeerPermissions.Read })
        .Select(endpoint => (endpoint.RoutePattern.RawText, endpoint.Metadata.GetMetadata<RequiredPermission>()!.Permission))
        .ShouldBe([(SyncRoutes.Segment, PeerPermissions.Write), (SyncRoutes.ResolveConflicts, PeerPermissions.Resolve)], ignoreOrder: true);
}
