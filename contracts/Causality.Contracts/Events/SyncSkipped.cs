namespace Causality.Contracts;

/// <summary>A sync has ended well with nothing to do: both root fingerprints were equal, or the peer had nothing that we lack.</summary>
public sealed record SyncSkipped
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
