namespace Causality.Contracts.Http.Control;

/// <summary>A request for a sync over HTTP.</summary>
public sealed record SyncRequest
{
    /// <summary>The peer; absent for every enabled peer.</summary>
    public string? PeerId { get; init; }

    /// <summary>The sync to be, chosen by the requester; made up when absent.</summary>
    public Guid? SyncId { get; init; }

    /// <summary>Who asks, for the record.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Settings for this sync only.</summary>
    public SyncOverrides? Overrides { get; init; }
}
