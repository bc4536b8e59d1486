namespace Causality.Contracts;

/// <summary>The <c>conflict-resolver</c> has looked through what the sync brought.</summary>
public sealed record ConflictsResolved
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt that asked.</summary>
    public required int Attempt { get; init; }

    /// <summary>Entry ids found with more than one hash because of this sync, each counted once.</summary>
    public required long Conflicts { get; init; }
}
