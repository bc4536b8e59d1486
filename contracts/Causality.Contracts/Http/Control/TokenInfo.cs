namespace Causality.Contracts.Http.Control;

/// <summary>A token, without its text, which only its owner has.</summary>
public sealed record TokenInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do: <c>read</c>, <c>operate</c>, <c>append</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary><c>active</c>, <c>expired</c> or <c>revoked</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of the token with which it was made; <c>local</c> for a user of this machine.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it ends to be valid; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null while it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
