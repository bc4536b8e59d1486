namespace Causality.Contracts.Http.Control;

/// <summary>A token that has just been made.</summary>
public sealed record CreatedToken
{
    /// <summary>What it is.</summary>
    public required TokenInfo Info { get; init; }

    /// <summary>Its text, for the header <c>Authorization: Bearer</c>. Told this once; only its hash is kept.</summary>
    public required string Token { get; init; }
}
