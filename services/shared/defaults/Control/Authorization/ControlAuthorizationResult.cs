using Causality.Contracts.Http;
using Causality.Protocol.Server.Problems;
using Causality.ServiceDefaults.Control.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Causality.ServiceDefaults.Control.Authorization;

/// <summary>Answers our policies as problems; those of an application that embeds an operator stay as they are.</summary>
internal sealed class ControlAuthorizationResult(AuthenticationAudit audit) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _others = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!policy.AuthenticationSchemes.Contains(ControlSchemes.Any))
            return _others.HandleAsync(next, context, policy, authorizeResult);
        if (authorizeResult.Challenged)
            return RefuseAsync(context, Unauthenticated(context));
        if (!authorizeResult.Succeeded)
            return RefuseAsync(context, Forbidden(context));

        if (context.User.Identity?.AuthenticationType is ControlSchemes.Session or ControlSchemes.Local)
            SameSite.Require(context, audit);
        if (RoleOf(context) == ControlPolicies.Operate)
            audit.Used(context);
        return next(context);
    }

    private static Task RefuseAsync(HttpContext context, RequestProblemException problem) =>
        context.GetEndpoint()?.Metadata.GetMetadata<BrowserPage>() is { } page ? page.RefuseAsync(context, problem) : throw problem;

    private RequestProblemException Unauthenticated(HttpContext context)
    {
        audit.Refused(context, context.Features.Get<Refusal>()?.Reason ?? FailureReasons.Missing);

        // Set last: whoever writes the problem clears the answer first.
        context.Response.OnStarting(
            static state =>
            {
                ((HttpContext)state).Response.Headers.WWWAuthenticate = "Bearer";
                return Task.CompletedTask;
            }, context);
        return new RequestProblemException(
            StatusCodes.Status401Unauthorized, ProblemTypes.Unauthenticated,
            "This needs a valid token: Authorization: Bearer TOKEN. On the command line give --token-file FILE, or set CAUSALITY_TOKEN; 'causality tokens create' makes one.");
    }

    private RequestProblemException Forbidden(HttpContext context)
    {
        audit.Refused(context, FailureReasons.Role);
        var role = RoleOf(context);
        return new RequestProblemException(
            StatusCodes.Status403Forbidden, ProblemTypes.Forbidden, $"The token does not have the role '{role}': ask for one that has.").With("role", role);
    }

    private static string RoleOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? ControlPolicies.Undeclared;
}
