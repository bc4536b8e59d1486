using Causality.Contracts.Http;
using Causality.Protocol.Server.Problems;
using Causality.ServiceDefaults.Control.Tokens;
using Microsoft.AspNetCore.Http;

namespace Causality.ServiceDefaults.Control.Authentication;

/// <summary>Looks a token up.</summary>
/// <remarks>
/// Whoever has sent too many wrong tokens is answered without a look into the database. A token that is known here passes nevertheless: nobody guesses one, and
/// honest clients behind the same proxy must not be locked out by a stranger.
/// </remarks>
internal sealed class TokenCheck(TokenDirectory tokens, FailureLimiter limiter, AuthenticationAudit audit, TimeProvider time)
{
    /// <returns>The token; or null and the reason.</returns>
    /// <exception cref="RequestProblemException">429: too many wrong ones from this address.</exception>
    public async Task<(KnownToken? Token, string? Reason)> CheckAsync(HttpContext context, string? text)
    {
        if (text is not { Length: > 0 and <= TokenText.MaxLength } || !TokenText.IsPrintable(text))
            return (null, FailureReasons.Malformed);

        var hash = TokenText.Hash(text);
        var found = (await tokens.CurrentAsync(context.RequestAborted)).Find(hash);
        if (found is null)
        {
            if (limiter.IsExceeded(context))
                throw TooMany(context);
            found = (await tokens.RefreshAsync(context.RequestAborted)).Find(hash);
        }

        if (found is null)
            return (null, FailureReasons.Unknown);
        if (found.FaultAt(time.GetUtcNow()) is { } fault)
            return (null, fault);
        await tokens.NoteUseAsync(found, context.RequestAborted);
        return (found, null);
    }

    private RequestProblemException TooMany(HttpContext context)
    {
        audit.Refused(context, FailureReasons.Limited);
        return new RequestProblemException(StatusCodes.Status429TooManyRequests, ProblemTypes.RateLimited, "Too many wrong tokens came from this address; come again in a minute, with the right one.");
    }
}
