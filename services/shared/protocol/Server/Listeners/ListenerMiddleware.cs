using Causality.Contracts.Http;
using Causality.Protocol.Server.Connections;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Listeners;

/// <summary>Lets a request reach a route only through the route's door: by the connection it came on, never by what it says of itself.</summary>
internal sealed class ListenerMiddleware(RequestDelegate next, AllowedHosts hosts, IOptions<HttpOptions> options)
{
    /// <summary>What the paths of the control and application API begin with, whichever service has them.</summary>
    private const string OwnPrefix = "/v1";

    public Task InvokeAsync(HttpContext context)
    {
        var door = context.Features.Get<IListenerFeature>()?.Kind ?? ListenerKind.Application;
        if (door != ListenerKind.Peer)
            context.Features.Get<DoorConnection>()?.Prove(); // A whole request: more than a connection that says nothing. Who may do what is decided behind.
        if (door == ListenerKind.Peer && context.Request.Path.StartsWithSegments(OwnPrefix, StringComparison.OrdinalIgnoreCase))
            return PeerAuthentication.Require(PeerPermissions.None, PeerLoad.Light, static _ => throw NotForPeers())(context);
        if (context.GetEndpoint() is { } endpoint && (!Answers(endpoint, door, context) || IsForgotten(endpoint)))
            throw RequestProblemException.NotFound();
        if (!hosts.Allow(door, context.Request.Host))
            throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.HostNotAllowed, "This listener does not answer for that host; set Http:AllowedHosts to allow it.");

        NulCharacters.RequireNoneIn(context.Request.QueryString);
        return next(context);
    }

    // Default deny: a route for peers that says nothing of a permission was mapped by mistake.
    private static bool IsForgotten(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind == ListenerKind.Peer && endpoint.Metadata.GetMetadata<RequiredPermission>() is null;

    private bool Answers(Endpoint endpoint, ListenerKind door, HttpContext context) => endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind switch
    {
        ListenerKind.Control => door == (options.Value.HasControlDoor ? ListenerKind.Control : ListenerKind.Application),
        { } kind => door == kind,

        // Health answers at both of our own doors. The router's own answers, such as 405, carry no metadata: the path says whose they are.
        null => door != ListenerKind.Metrics && (door == ListenerKind.Peer) == context.Request.Path.StartsWithSegments(SyncRoutes.Prefix, StringComparison.OrdinalIgnoreCase),
    };

    private static RequestProblemException NotForPeers() =>
        new(StatusCodes.Status403Forbidden, ProblemTypes.Forbidden, "Peers may use the sync protocol and nothing else; this route is for the operator's own people and applications.");
}
