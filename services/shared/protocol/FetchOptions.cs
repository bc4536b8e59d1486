namespace Causality.Protocol;

/// <summary>How segments are fetched.</summary>
public sealed record FetchOptions
{
    /// <summary>Check every content against the hash that the peer's list promised. False trusts the transport alone; the lines are still checked.</summary>
    /// <value>Default true.</value>
    public bool VerifyHashes { get; init; } = true;

    /// <summary>Let the peer send compressed contents.</summary>
    /// <value>Default true.</value>
    public bool Compressed { get; init; } = true;

    /// <summary>Slows the reading down; null for as fast as it goes.</summary>
    public ITransferPace? Pace { get; init; }
}
