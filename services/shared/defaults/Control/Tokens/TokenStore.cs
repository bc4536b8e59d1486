using Causality.Contracts.Http.Control;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>Makes, lists and revokes tokens.</summary>
internal sealed class TokenStore(IDbContextFactory<CausalityDbContext> databases, TokenDirectory directory, TimeProvider time)
{
    /// <summary>Most tokens of an operator, revoked ones included.</summary>
    public const int MaxTokens = 1_000;

    private static readonly TimeSpan DeadAreKept = TimeSpan.FromDays(30);

    /// <summary>Makes a token whose request has been checked; tokens that have been dead for a month make room.</summary>
    /// <returns>Null when a valid token has that name.</returns>
    /// <exception cref="TooManyTokensException">There are too many.</exception>
    public async Task<CreatedToken?> CreateAsync(TokenRequest request, string by, CancellationToken cancellationToken)
    {
        var now = Now();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var tokens = database.Set<TokenRecord>();
        var deadBefore = now - (long)DeadAreKept.TotalMilliseconds;
        await tokens.Where(row => row.RevokedAt < deadBefore || row.ExpiresAt < deadBefore).ExecuteDeleteAsync(cancellationToken);
        var earlier = await tokens.FirstOrDefaultAsync(row => row.Name == request.Name, cancellationToken);
        if (earlier is { RevokedAt: null } && !(earlier.ExpiresAt <= now))
            return null;
        if (await tokens.CountAsync(cancellationToken) >= MaxTokens)
            throw new TooManyTokensException();

        var text = TokenText.Create();
        var record = new TokenRecord
        {
            Name = request.Name!,
            Hash = TokenText.Hash(text),
            Roles = string.Join(',', ControlPolicies.All.Where(request.Roles!.Contains)),
            CreatedAt = now,
            CreatedBy = by,
            ExpiresAt = request.ExpiresAt?.ToUnixTimeMilliseconds(),
        };
        if (earlier is not null)
            await tokens.Where(row => row.Name == request.Name).ExecuteDeleteAsync(cancellationToken);
        database.ChangeTracker.Clear();
        tokens.Add(record);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget();
        return new CreatedToken { Info = ToInfo(record, now), Token = text };
    }

    /// <summary>Every token, ascending by name.</summary>
    public async Task<IReadOnlyList<TokenInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.Set<TokenRecord>().AsNoTracking().OrderBy(row => row.Name).Take(MaxTokens).ToListAsync(cancellationToken);
        var now = Now();
        return rows.ConvertAll(row => ToInfo(row, now));
    }

    /// <summary>Revokes a token; twice is once.</summary>
    /// <returns>False when there is none of that name.</returns>
    public async Task<bool> RevokeAsync(string name, CancellationToken cancellationToken)
    {
        var now = Now();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var tokens = database.Set<TokenRecord>();
        var changed = await tokens.Where(row => row.Name == name && row.RevokedAt == null).ExecuteUpdateAsync(row => row.SetProperty(r => r.RevokedAt, now), cancellationToken);
        var found = changed > 0 || await tokens.AnyAsync(row => row.Name == name, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget();
        return found;
    }

    private static TokenInfo ToInfo(TokenRecord row, long now) => new()
    {
        Name = row.Name,
        Roles = row.Roles.Split(','),
        State = row.RevokedAt is not null ? "revoked" : row.ExpiresAt <= now ? "expired" : "active",
        CreatedAt = Moment(row.CreatedAt),
        CreatedBy = row.CreatedBy,
        ExpiresAt = row.ExpiresAt is { } expires ? Moment(expires) : null,
        LastUsedAt = row.LastUsedAt is { } used ? Moment(used) : null,
        RevokedAt = row.RevokedAt is { } revoked ? Moment(revoked) : null,
    };

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
