namespace Causality.Contracts;

/// <summary>Asks the <c>differ</c> what a sync would move, without moving anything.</summary>
/// <remarks>One consumer; asking twice finds the same. Answered by <see cref="SyncPlanned"/>, and by <see cref="ConflictsCounted"/> where entries were looked at.</remarks>
public sealed record PlanSync
{
    /// <summary>The plan to be.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>Where the peer is and how to know it.</summary>
    public required PeerEndpoint Peer { get; init; }

    /// <summary>The settings that the sync would have.</summary>
    public required SyncSettings Settings { get; init; }

    /// <summary>True when conflicts are to be counted: some of what would come in is read from the peer for that, and thrown away.</summary>
    public required bool CountConflicts { get; init; }

    /// <summary>When nobody waits for the answer any more, UTC.</summary>
    public required DateTimeOffset Deadline { get; init; }
}
