using Causality.Contracts.Http;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Causality.ServiceDefaults.Control.Authentication;
using Microsoft.AspNetCore.Http;

namespace Causality.ServiceDefaults.Control.Authorization;

/// <summary>Keeps other web pages from acting through a person's browser, which sends the cookie, or stands on this machine, whoever asks it to.</summary>
/// <remarks>
/// By the headers that a browser sets and no page can change: <c>Sec-Fetch-Site</c> (Fetch Metadata), else <c>Origin</c>. Programs send neither and have no cookie. A page on another
/// port of this machine is "same site" and refused as well.
/// </remarks>
internal static class SameSite
{
    /// <exception cref="RequestProblemException">403 <c>cross-site-request</c>.</exception>
    public static void Require(HttpContext context, AuthenticationAudit audit)
    {
        if (IsAllowed(context))
            return;

        audit.Refused(context, FailureReasons.CrossSite);
        throw new RequestProblemException(StatusCodes.Status403Forbidden, ProblemTypes.CrossSiteRequest, "Another site's page sent this request; only pages of this address may.");
    }

    private static bool IsAllowed(HttpContext context)
    {
        var request = context.Request;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return site is "" or "same-origin" or "none" || request.Headers["Sec-Fetch-Mode"] == "navigate";
        if (site.Length > 0 && site is not ("same-origin" or "none"))
            return false;
        if (origin.Length > 0)
            return IsOwn(origin, request.Host);

        // With a cookie it is a browser, and every browser of this decade sends one of the two.
        return site.Length > 0 || context.User.Identity?.AuthenticationType != ControlSchemes.Session;
    }

    // Without the scheme: behind a proxy that ends TLS we see http, the browser https.
    private static bool IsOwn(string origin, HostString host) =>
        WebAddress.TryParse(origin, out var uri) && string.Equals(uri!.Authority, WithoutDefaultPort(host, uri), StringComparison.OrdinalIgnoreCase);

    private static string WithoutDefaultPort(HostString host, Uri origin) => host.Port is { } port && origin.IsDefaultPort && port == origin.Port ? host.Host : host.Value ?? "";
}
