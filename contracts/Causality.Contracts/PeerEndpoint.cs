namespace Causality.Contracts;

/// <summary>Where a peer is and how to know that it is the peer.</summary>
public sealed record PeerEndpoint
{
    /// <summary>The peer's operator id.</summary>
    public required string Id { get; init; }

    /// <summary>Base address of its gateway, <c>https://host:port</c>.</summary>
    public required string Address { get; init; }

    /// <summary>SHA-256 of its public key (SPKI), 64 hex digits each; one, or two during a key rotation.</summary>
    public required IReadOnlyList<string> Pins { get; init; }

    /// <summary>Prefixes of the segment ids that are shared with it, in both directions; null for the whole log.</summary>
    public IReadOnlyList<string>? Scope { get; init; }
}
