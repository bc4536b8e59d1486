using Causality.ServiceDefaults.Control.Authentication;
using Causality.ServiceDefaults.Control.Tokens;
using Causality.Storage;
using Microsoft.AspNetCore.Http;

namespace Causality.ServiceDefaults.Control;

/// <summary>Ends a long answer, such as a stream of events, when the token that it was given to is no longer good.</summary>
public sealed class AccessWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly TokenDirectory _tokens;
    private readonly TimeProvider _time;

    internal AccessWatch(TokenDirectory tokens, TimeProvider time) => (_tokens, _time) = (tokens, time);

    /// <summary>Watches over a request that a policy has let in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>Ends when the token was revoked or has expired, or when the first token was made after a local user came without one.</returns>
    public async Task UntilRefusedAsync(HttpContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (isLocal, hash) = (LocalUsers.Is(context.User), TokenIdentity.HashOf(context.User));
        while (await IsGoodAsync(isLocal, hash, cancellationToken))
            await Task.Delay(Interval, _time, cancellationToken);
    }

    private async Task<bool> IsGoodAsync(bool isLocal, byte[] hash, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await _tokens.CurrentAsync(cancellationToken);
            return isLocal ? !snapshot.IsClosed : snapshot.Find(hash)?.FaultAt(_time.GetUtcNow()) is null && snapshot.Find(hash) is not null;
        }
        catch (StorageUnavailableException)
        {
            // Nobody knows any more; who is honest comes again.
            return false;
        }
    }
}
