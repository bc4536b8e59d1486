using Causality.Protocol.Identity;
using Causality.ServiceDefaults.Control.Authentication;
using Causality.ServiceDefaults.Control.Tokens;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control.Sessions;

/// <summary>The cookie of a browser's session: it names a token, and is worth what that token is worth at the moment.</summary>
internal sealed class SessionCookie(IOptions<ControlOptions> control, IOptions<OperatorOptions> self) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != ControlSchemes.Session)
            return;

        // A cookie belongs to a host name, not to a port: two operators on one machine need two names.
        options.Cookie.Name = NameOf(self.Value.Id);
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = control.Value.SecureCookie ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.Path = "/";
        options.ExpireTimeSpan = control.Value.SessionLifetime;
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public static string NameOf(string operatorId) => $"causality-session-{operatorId}";

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var hash = context.Principal is { } principal ? TokenIdentity.HashOf(principal) : [];
        var token = (await services.GetRequiredService<TokenDirectory>().CurrentAsync(context.HttpContext.RequestAborted)).Find(hash);
        if (token is null || token.FaultAt(services.GetRequiredService<TimeProvider>().GetUtcNow()) is not null)
        {
            context.HttpContext.Features.Set(new Refusal(FailureReasons.Session));
            context.RejectPrincipal();
        }
        else
            context.ReplacePrincipal(TokenIdentity.Of(token, ControlSchemes.Session));
    }
}
