namespace Causality.Contracts.Http.Control;

/// <summary>A token to make.</summary>
public sealed record TokenRequest
{
    /// <summary>Who or what it is for: 1 to 63 lower-case letters, digits and <c>-</c>. A revoked or expired token's name is free again.</summary>
    public string? Name { get; init; }

    /// <summary>What it may do: any of <c>read</c>, <c>operate</c> (which includes <c>read</c>) and <c>append</c>; at least one.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>When it ends to be valid; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
