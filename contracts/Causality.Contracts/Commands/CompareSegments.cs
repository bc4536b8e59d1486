namespace Causality.Contracts;

/// <summary>Asks the <c>differ</c> to compare our segments with a peer's and to write the plan of the sync.</summary>
/// <remarks>One consumer; idempotent by (<see cref="SyncId"/>, <see cref="Attempt"/>). Answered by <see cref="SegmentsCompared"/> or <see cref="SyncStepFailed"/>.</remarks>
public sealed record CompareSegments
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt of the sync that asks, counted from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Where the peer is and how to know it.</summary>
    public required PeerEndpoint Peer { get; init; }

    /// <summary>The settings in force for this sync.</summary>
    public required SyncSettings Settings { get; init; }
}
