namespace Causality.Contracts;

/// <summary>Asks the <c>conflict-resolver</c> to find and decide the conflicts that a sync's new entries brought.</summary>
/// <remarks>One consumer; idempotent by (entry id, entry hash) in the ledger. Answered by <see cref="ConflictsResolved"/> or <see cref="SyncStepFailed"/>.</remarks>
public sealed record ResolveConflicts
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt of the sync that asks, counted from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The peer whose entries came in.</summary>
    public required string PeerId { get; init; }
}
