namespace Causality.Contracts.Http.Control;

/// <summary>Asks what a sync with a peer would do.</summary>
public sealed record PlanRequest
{
    /// <summary>Settings that differ from the peer's, as for a sync.</summary>
    public SyncOverrides? Overrides { get; init; }
}
