using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control.Authentication;

/// <summary>Lets a request without token and cookie in as a user of this machine, where that is allowed.</summary>
internal sealed class LocalAuthenticationHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, LocalUsers local)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        await local.MayActAsync(Context) ? AuthenticateResult.Success(new AuthenticationTicket(LocalUsers.Principal(), Scheme.Name)) : AuthenticateResult.Fail(FailureReasons.Missing);
}
