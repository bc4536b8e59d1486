using Causality.Protocol.Server.Listeners;
using Causality.ServiceDefaults.Control.Sessions;
using Causality.ServiceDefaults.Control.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Causality.ServiceDefaults.Control;

/// <summary>Says who may use a route.</summary>
public static class ControlEndpointExtensions
{
    /// <summary>Declares the policy of a route of the control API, and that it answers at the control API's door.</summary>
    /// <param name="route">A route or a group of them.</param>
    /// <param name="policy">One of <see cref="ControlPolicies"/>.</param>
    public static TBuilder NeedsRole<TBuilder>(this TBuilder route, string policy) where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(policy).OnListener(ListenerKind.Control);

    /// <summary>Maps sessions of browsers, the management of tokens and the document of the API. Once per operator: in the scheduler.</summary>
    public static void MapControlSession(this IEndpointRouteBuilder routes)
    {
        routes.MapSession();
        routes.MapTokens();
        routes.MapDescription();
    }

    /// <summary>What is mapped here answers nobody unless it declares a policy, or that it is for everybody (<c>AllowAnonymous</c>), or belongs to the peers' door, which has its own check.</summary>
    public static IEndpointRouteBuilder DenyByDefault(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("");
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            var isPeers = endpoint.Metadata.OfType<ListenerMetadata>().LastOrDefault()?.Kind == ListenerKind.Peer;
            if (!isPeers && !endpoint.Metadata.Any(item => item is IAuthorizeData or IAllowAnonymous))
                endpoint.Metadata.Add(new AuthorizeAttribute(ControlPolicies.Undeclared));
        });
        return group;
    }
}
