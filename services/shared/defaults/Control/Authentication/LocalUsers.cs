using System.Net;
using System.Security.Claims;
using Causality.Protocol.Server.Listeners;
using Causality.ServiceDefaults.Control.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control.Authentication;

/// <summary>Whether a request without a token comes from a user of this machine who may do everything: only while no token has ever been made, and only at a loopback address.</summary>
internal sealed class LocalUsers(IOptions<ControlOptions> options, IOptions<HttpOptions> listeners, TokenDirectory tokens)
{
    /// <summary>The name under which they act.</summary>
    public const string Name = "local";

    // What a proxy adds. A request that came through one is not a local user's, although the connection is local.
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    public static bool Is(ClaimsPrincipal principal) => principal.Identity?.AuthenticationType == ControlSchemes.Local;

    public async ValueTask<bool> MayActAsync(HttpContext context) =>
        options.Value.AllowLocal && CameLocally(context) && !(await tokens.CurrentAsync(context.RequestAborted)).IsClosed;

    /// <summary>Every role.</summary>
    public static ClaimsPrincipal Principal() =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, Name), .. ControlPolicies.All.Select(role => new Claim(ClaimTypes.Role, role))], ControlSchemes.Local));

    private bool CameLocally(HttpContext context) =>
        listeners.Value.IsLoopback(context.Features.Get<IListenerFeature>()?.Kind ?? ListenerKind.Application)
        && context.Connection.RemoteIpAddress is var remote && (remote is null || IPAddress.IsLoopback(remote))
        && !ForwardingHeaders.Any(context.Request.Headers.ContainsKey);
}
