using Causality.Contracts.Http.Control;
using Causality.Protocol.Server.Listeners;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Causality.ServiceDefaults.Control;

/// <summary>Serves <c>contracts/openapi-control.yaml</c> as it was built in.</summary>
/// <remarks>For everybody: it is the same for every operator, so it tells nothing of this one, and whoever sets a client up has no token yet.</remarks>
internal static class ControlDescription
{
    private const string Name = "openapi-control.yaml";

    // RFC 9512.
    private const string MediaType = "application/yaml";

    public static void MapDescription(this IEndpointRouteBuilder routes) =>
        routes.MapGet(ControlRoutes.Description, Show).AllowAnonymous().OnListener(ListenerKind.Control);

    private static IResult Show() => TypedResults.Stream(
        typeof(ControlDescription).Assembly.GetManifestResourceStream(Name) ?? throw new InvalidOperationException($"{Name} was not built into {typeof(ControlDescription).Assembly.GetName().Name}."),
        MediaType);
}
