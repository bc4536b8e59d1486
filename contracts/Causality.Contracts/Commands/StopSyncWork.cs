namespace Causality.Contracts;

/// <summary>Tells the workers that the saga has given an attempt up: its work is to stop without an answer.</summary>
public sealed record StopSyncWork
{
    /// <summary>The sync.</summary>
    public required Guid SyncId { get; init; }

    /// <summary>The attempt; earlier ones are stopped as well.</summary>
    public required int Attempt { get; init; }
}
