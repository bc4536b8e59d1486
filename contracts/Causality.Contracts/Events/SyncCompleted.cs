namespace Causality.Contracts;

/// <summary>A sync has ended well: everything in its plan is stored, verified and looked through for conflicts.</summary>
public sealed record SyncCompleted
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the sync did, in the seed's fields.</summary>
    public required SyncResult Result { get; init; }
}
