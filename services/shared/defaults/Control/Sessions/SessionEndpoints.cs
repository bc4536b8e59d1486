using Causality.Contracts.Http;
using Causality.Contracts.Http.Control;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Listeners;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Causality.ServiceDefaults.Control.Authentication;
using Causality.ServiceDefaults.Control.Authorization;
using Causality.ServiceDefaults.Control.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control.Sessions;

/// <summary>A browser's session: a token in, a cookie out.</summary>
internal static class SessionEndpoints
{
    private const int MaxBodyBytes = 4 * 1024;
    private const string Form = "application/x-www-form-urlencoded";

    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ControlRoutes.Session, ShowAsync).NeedsRole(ControlPolicies.Read);

        // Whoever has no session yet begins one; whose token was revoked may still throw the cookie away.
        routes.MapPost(ControlRoutes.Session, BeginAsync).AllowAnonymous().OnListener(ListenerKind.Control);
        routes.MapDelete(ControlRoutes.Session, EndAsync).AllowAnonymous().OnListener(ListenerKind.Control);
        routes.MapPost(ControlRoutes.EndSession, EndAsync).AllowAnonymous().OnListener(ListenerKind.Control);
    }

    private static async Task ShowAsync(HttpContext context)
    {
        var session = context.User.Identity?.AuthenticationType == ControlSchemes.Session ? await context.AuthenticateAsync(ControlSchemes.Session) : null;
        context.Response.Headers.CacheControl = "no-store";
        await AnswerAsync(context, Describe(context.User.Identity?.Name ?? "", TokenIdentity.RolesOf(context.User), session?.Properties?.ExpiresUtc));
    }

    private static async Task BeginAsync(HttpContext context)
    {
        var audit = context.RequestServices.GetRequiredService<AuthenticationAudit>();
        SameSite.Require(context, audit);
        var (text, returnTo, otherwise) = await ReadAsync(context);
        var (token, reason) = await context.RequestServices.GetRequiredService<TokenCheck>().CheckAsync(context, text);
        if (token is null)
        {
            audit.Refused(context, reason!);
            if (otherwise is not null)
            {
                SeeOther(context, otherwise);
                return;
            }

            throw new RequestProblemException(StatusCodes.Status401Unauthorized, ProblemTypes.Unauthenticated, "This is no valid token.").In("token");
        }

        if (!token.Roles.Contains(ControlPolicies.Read) && !token.Roles.Contains(ControlPolicies.Operate))
        {
            audit.Refused(context, FailureReasons.Role);
            throw new RequestProblemException(StatusCodes.Status403Forbidden, ProblemTypes.Forbidden, $"The token has neither the role '{ControlPolicies.Read}' nor '{ControlPolicies.Operate}'.").With("role", ControlPolicies.Read);
        }

        var expires = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + context.RequestServices.GetRequiredService<IOptions<ControlOptions>>().Value.SessionLifetime;
        await context.SignInAsync(ControlSchemes.Session, TokenIdentity.Of(token, ControlSchemes.Session), new AuthenticationProperties { IsPersistent = true, ExpiresUtc = expires });
        if (returnTo is not null)
            SeeOther(context, returnTo);
        else
            await AnswerAsync(context, Describe(token.Name, token.Roles, expires));
    }

    private static async Task EndAsync(HttpContext context)
    {
        SameSite.Require(context, context.RequestServices.GetRequiredService<AuthenticationAudit>());
        var isForm = context.Request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) ?? false;
        await context.SignOutAsync(ControlSchemes.Session);
        if (isForm)
            SeeOther(context, (await ReadAsync(context)).ReturnTo ?? "/");
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <returns>The token; and, for a form, the path on this host to go on at: <c>return</c>, else the root; and the one for what is no valid token: <c>otherwise</c>, null for a problem.</returns>
    private static async Task<(string? Token, string? ReturnTo, string? Otherwise)> ReadAsync(HttpContext context)
    {
        if (RequestBody.RequireMediaType(context.Request, SyncMediaTypes.Json, Form) == SyncMediaTypes.Json)
            return ((await RequestBody.ReadJsonAsync<SessionRequest>(context, MaxBodyBytes, isSecret: true)).Token, null, null);

        var body = await RequestBody.ReadAsync(context, MaxBodyBytes);
        var form = QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(body.Span));
        return (Field("token"), LocalPath(Field("return") ?? ""), Field("otherwise") is { } otherwise ? LocalPath(otherwise) : null);

        string? Field(string name) => form.TryGetValue(name, out var values) ? values.ToString() : null;
    }

    // Never to another host: "//host" and "/\host" are other hosts for a browser.
    private static string LocalPath(string path) => path.StartsWith('/') && path is not ['/', '/' or '\\', ..] && path.All(character => character is > ' ' and <= '~') ? path : "/";

    private static void SeeOther(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }

    private static SessionInfo Describe(string name, IReadOnlyList<string> roles, DateTimeOffset? expires) => new() { Name = name, Roles = roles, ExpiresAt = expires };

    private static Task AnswerAsync(HttpContext context, SessionInfo session) => context.Response.WriteAsJsonAsync(session, ProtocolJson.Answers, SyncMediaTypes.Json, context.RequestAborted);
}
