using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control.Authentication;

/// <summary>Lets a request in by the token of its header <c>Authorization: Bearer</c> (RFC 6750).</summary>
internal sealed class TokenAuthenticationHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TokenCheck check)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header is not [{ } value] || !value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Refuse(FailureReasons.Malformed);

        var (token, reason) = await check.CheckAsync(Context, value[Bearer.Length..]);
        return token is null ? Refuse(reason!) : AuthenticateResult.Success(new AuthenticationTicket(TokenIdentity.Of(token, Scheme.Name), Scheme.Name));
    }

    private AuthenticateResult Refuse(string reason)
    {
        Context.Features.Set(new Refusal(reason));
        return AuthenticateResult.Fail(reason);
    }
}
