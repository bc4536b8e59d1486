using Causality.Storage;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>The tokens in memory, read from the database at most two seconds ago: that is how long a revoked one may live on in other processes.</summary>
/// <remarks>While the database is away the last reading serves on for a minute at most: nobody can revoke anything in that time either.</remarks>
internal sealed class TokenDirectory(IDbContextFactory<CausalityDbContext> databases, BootstrapToken bootstrap, TimeProvider time, ILogger<TokenDirectory> logger) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Usable = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UseIsNoted = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile TokenSnapshot? _snapshot;

    /// <summary>The tokens, at most two seconds old.</summary>
    /// <exception cref="StorageUnavailableException">The database has been away for too long.</exception>
    public ValueTask<TokenSnapshot> CurrentAsync(CancellationToken cancellationToken) =>
        Within(Fresh) is { } fresh ? ValueTask.FromResult(fresh) : new(ReadOnceAsync(time.GetTimestamp() - (long)(Fresh.TotalSeconds * time.TimestampFrequency), cancellationToken));

    /// <summary>The tokens as they are now: for one that is not known yet. Requests that ask at once share a reading.</summary>
    /// <exception cref="StorageUnavailableException">The database has been away for too long.</exception>
    public Task<TokenSnapshot> RefreshAsync(CancellationToken cancellationToken) => ReadOnceAsync(time.GetTimestamp(), cancellationToken);

    /// <summary>Has the next request read: something has changed.</summary>
    public void Forget() => _snapshot = null;

    /// <summary>Notes that a token was used, at most once a minute.</summary>
    public async Task NoteUseAsync(KnownToken token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (token.Name == BootstrapToken.Name || now - (token.LastUsedAt ?? 0) < UseIsNoted.TotalMilliseconds)
            return;

        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await database.BeginWriteAsync(cancellationToken);
            await database.Set<TokenRecord>().Where(row => row.Name == token.Name).ExecuteUpdateAsync(row => row.SetProperty(r => r.LastUsedAt, now), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Forget();
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception) || exception is StorageUnavailableException)
        {
            // The use itself is what counts; the next one is noted in its place.
            logger.TokenUseNotNoted(token.Name, exception.Message);
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<TokenSnapshot> ReadOnceAsync(long notBefore, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_snapshot is { } snapshot && snapshot.ReadAt >= notBefore)
                return snapshot;
            return _snapshot = await ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception))
        {
            return Within(Usable) ?? throw new StorageUnavailableException("The tokens cannot be read: check the database.", exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<TokenSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.Set<TokenRecord>().AsNoTracking().OrderBy(row => row.Name).Take(TokenStore.MaxTokens).ToListAsync(cancellationToken);
        var tokens = rows.ConvertAll(row => new KnownToken(row.Name, row.Hash, row.Roles.Split(','), row.ExpiresAt, row.RevokedAt, row.LastUsedAt));
        if (bootstrap.Read() is { } configured)
            tokens.Add(configured);
        return new TokenSnapshot(readAt, tokens, IsClosed: rows.Count > 0 || bootstrap.IsConfigured);
    }

    private TokenSnapshot? Within(TimeSpan age) => _snapshot is { } snapshot && time.GetElapsedTime(snapshot.ReadAt) < age ? snapshot : null;
}
