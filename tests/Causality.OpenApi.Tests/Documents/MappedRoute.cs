using System.Text.RegularExpressions;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Causality.ServiceDefaults.Control.Authorization;
using Causality.Standalone.Embedding;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.OpenApi.Tests.Documents;

/// <summary>A route that the code maps.</summary>
/// <param name="Path">As a template of OpenAPI.</param>
/// <param name="Method">In upper case.</param>
/// <param name="ForPeers">It answers at the peers' door.</param>
/// <param name="Needs">The role of a token, or the permission of a peer; null for everybody.</param>
internal sealed partial record MappedRoute(string Path, string Method, bool ForPeers, string? Needs)
{
    public string Route => $"{Method} {Path}";

    /// <summary>All routes of all services but the pages of the dashboard, as the embedded form maps them in one process.</summary>
    public static IReadOnlyList<MappedRoute> Of(CausalityOperator one) =>
    [
        .. one.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => !IsPage(endpoint)).SelectMany(endpoint =>
            endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(method => Read(endpoint, method)) ?? [Read(endpoint, "GET")]),
    ];

    private static MappedRoute Read(RouteEndpoint endpoint, string method)
    {
        var isPeers = endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind == ListenerKind.Peer;
        var needs = isPeers
            ? endpoint.Metadata.GetMetadata<RequiredPermission>()?.Permission.ToString().ToLowerInvariant()
            : endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy : null;
        return new MappedRoute(Constraint().Replace(endpoint.RoutePattern.RawText!, "{$1}"), method, isPeers, needs);
    }

    private static bool IsPage(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText is "/" || endpoint.RoutePattern.RawText!.StartsWith("/dashboard", StringComparison.Ordinal) || endpoint.Metadata.GetMetadata<BrowserPage>() is not null;

    // {syncId:guid} and {**id} are {syncId} and {id} for everybody else.
    [GeneratedRegex(@"\{\**(\w+)(?::\w+)?\}")]
    private static partial Regex Constraint();
}
