namespace Causality.Contracts;

/// <summary>What of a sync's plan is not done yet, counted from its rows: it never grows within an attempt, and is 0 once everything has been moved.</summary>
/// <remarks>Segments that no further attempt of the sync would move (over the limits, refused, left out by the settings) are not among it: they are <see cref="SyncLeftOut"/>.</remarks>
public sealed record RemainingWork
{
    /// <summary>Segments to be moved in either direction, whole or in part.</summary>
    public required long Segments { get; init; }

    /// <summary>Entries: those that are known to be missing, or all of a segment that moves as a whole.</summary>
    public required long Entries { get; init; }

    /// <summary>Content bytes; of a segment that moves in part, its share by entries.</summary>
    public required long Bytes { get; init; }
}
