namespace Causality.Contracts;

/// <summary>Asks <c>transfer</c> to carry out a share of a sync's plan: the rows still pending, until done or until the share's time is up.</summary>
/// <remarks>One consumer; idempotent by the plan's rows. Answered by <see cref="SegmentsTransferred"/> or <see cref="SyncStepFailed"/>.</remarks>
public sealed record TransferSegments
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt of the sync that asks, counted from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The share within the attempt, counted from 1.</summary>
    public required int Share { get; init; }

    /// <summary>Segments of the plan that were stored when the share was asked for: more of them tell a process that takes the command over that the one before it got somewhere.</summary>
    public long SegmentsSynced { get; init; }

    /// <summary>Where the peer is and how to know it.</summary>
    public required PeerEndpoint Peer { get; init; }

    /// <summary>The settings in force for this sync.</summary>
    public required SyncSettings Settings { get; init; }
}
