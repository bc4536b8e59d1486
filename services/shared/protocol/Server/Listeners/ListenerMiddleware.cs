using Causality.Contracts.Http;
using Causality.Protocol.Server.Connections;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server.Listeners;

/// <summary>Lets a request reach a route only through the route's door: by the connection it came on, never by what it says of itself.</summary>
internal sealed class ListenerMiddleware(RequestDelegate next, AllowedHosts hosts)
{
    public Task InvokeAsync(HttpContext context)
    {
        var door = context.Features.Get<IListenerFeature>()?.Kind ?? ListenerKind.Application;
        if (door != ListenerKind.Peer)
            context.Features.Get<DoorConnection>()?.Prove(); // A whole request: more than a connection that says nothing. Who may do what is decided behind.
        if (context.GetEndpoint() is { } endpoint && (DoorOf(endpoint, context) != door || IsForgotten(endpoint)))
            throw RequestProblemException.NotFound();
        if (door == ListenerKind.Application && !hosts.Allow(context.Request.Host))
            throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.HostNotAllowed, "This listener does not answer for that host; set Http:AllowedHosts to allow it.");

        return next(context);
    }

    // Default deny: a route for peers that says nothing of a permission was mapped by mistake.
    private static bool IsForgotten(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind == ListenerKind.Peer && endpoint.Metadata.GetMetadata<RequiredPermission>() is null;

    private static ListenerKind DoorOf(Endpoint endpoint, HttpContext context)
    {
        if (endpoint.Metadata.GetMetadata<ListenerMetadata>() is { } metadata)
            return metadata.Kind;

        // The router's own answers, such as 405, carry no metadata: the path says whose they are.
        return context.Request.Path.StartsWithSegments(SyncRoutes.Prefix, StringComparison.OrdinalIgnoreCase) ? ListenerKind.Peer : ListenerKind.Application;
    }
}
