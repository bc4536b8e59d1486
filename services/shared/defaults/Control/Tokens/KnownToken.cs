namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>A token as it is checked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="ExpiresAt">Milliseconds since the Unix epoch; null for never.</param>
/// <param name="RevokedAt">Milliseconds since the Unix epoch; null while it is not.</param>
/// <param name="LastUsedAt">Milliseconds since the Unix epoch; null for never.</param>
internal sealed record KnownToken(string Name, byte[] Hash, IReadOnlyList<string> Roles, long? ExpiresAt, long? RevokedAt, long? LastUsedAt)
{
    /// <summary>Why it is no longer good, as counted; null while it is.</summary>
    public string? FaultAt(DateTimeOffset now) =>
        RevokedAt is not null ? FailureReasons.Revoked : ExpiresAt <= now.ToUnixTimeMilliseconds() ? FailureReasons.Expired : null;
}
