namespace Causality.Contracts.Http.Control;

/// <summary>A peer to add, or to change when it is known.</summary>
public sealed record PeerRequest
{
    /// <summary>The peer's operator id.</summary>
    public string? Id { get; init; }

    /// <summary>Base address of its gateway, <c>https://host:port</c>; a trailing <c>/sync</c>, as in the seed, is left out.</summary>
    public string? Address { get; init; }

    /// <summary>SHA-256 pins of its public key, 64 hex digits each: one, or two during a key rotation.</summary>
    public IReadOnlyList<string>? Pins { get; init; }

    /// <summary>What the peer may do here: any of <c>read</c>, <c>write</c> and <c>resolve</c>. Null keeps what a known peer has, and gives a new one <c>read</c> and <c>resolve</c>.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>Prefixes of the segment ids that are shared with it, in both directions; at most 16. Empty for the whole log. Null keeps what a known peer has, and shares the whole log with a new one.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    /// <summary>Settings that replace the general ones for this peer.</summary>
    public SyncOverrides? Overrides { get; init; }
}
