namespace Causality.Contracts.Http;

/// <summary>Answer of GET <see cref="ApplicationRoutes.Identity"/>: what another operator needs to add this one as a peer.</summary>
public sealed record IdentityAnswer
{
    /// <summary>The operator.</summary>
    public required string OperatorId { get; init; }

    /// <summary>SHA-256 of its public key (SPKI), 64 lower-case hex digits.</summary>
    public required string Pin { get; init; }

    /// <summary>Pin of the key that a rotation has prepared: peers pin it beside <see cref="Pin"/>. Null when there is none.</summary>
    public string? NextPin { get; init; }

    /// <summary>When the certificate in use ends, UTC. It is renewed by itself, with the same key.</summary>
    public DateTimeOffset? CertificateExpiresAt { get; init; }

    /// <summary>The address that peers use; null when the gateway listens on every address and nobody has told it which one peers see.</summary>
    public string? PeerUrl { get; init; }
}
