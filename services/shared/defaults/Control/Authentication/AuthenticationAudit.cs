using System.Diagnostics;
using Causality.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Causality.ServiceDefaults.Control.Authentication;

/// <summary>Counts and logs who was refused, and who changed something. Never a token, a cookie or a body.</summary>
internal sealed class AuthenticationAudit(FailureLimiter limiter, ILogger<AuthenticationAudit> logger)
{
    /// <summary>A request was refused.</summary>
    public void Refused(HttpContext context, string reason)
    {
        ControlMetrics.Refused(reason);
        if (reason is FailureReasons.Unknown or FailureReasons.Malformed or FailureReasons.Expired or FailureReasons.Revoked)
            limiter.Count(context);
        if (limiter.MayLog())
            logger.AccessRefused(reason, context.Request.Method, RouteOf(context), context.User.Identity?.Name ?? "none", AddressOf(context), TraceOf(context));
    }

    /// <summary>Somebody is let in to change something.</summary>
    public void Used(HttpContext context) =>
        logger.AccessUsed(context.User.Identity?.Name ?? "none", context.Request.Method, RouteOf(context), AddressOf(context), TraceOf(context));

    // The pattern, not the path: what a caller writes is no text for a log.
    private static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "none";

    private static string TraceOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? Printable.Shorten(context.TraceIdentifier);
}
