namespace Causality.Contracts.Http;

/// <summary>Answer of GET <see cref="ApplicationRoutes.Identity"/>: what another operator needs to add this one as a peer.</summary>
public sealed record IdentityAnswer
{
    /// <summary>The operator.</summary>
    public required string OperatorId { get; init; }

    /// <summary>SHA-256 of its public key (SPKI), 64 lower-case hex digits.</summary>
    public required string Pin { get; init; }

    /// <summary>The address that peers use; null when the gateway listens on every address and nobody has told it which one peers see.</summary>
    public string? PeerUrl { get; init; }
}
