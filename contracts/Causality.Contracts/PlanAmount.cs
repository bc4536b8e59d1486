namespace Causality.Contracts;

/// <summary>How much moves one way.</summary>
public sealed record PlanAmount
{
    /// <summary>Segments, whole or in part.</summary>
    public required long Segments { get; init; }

    /// <summary>Entries: those that are known to be missing, or all of a segment that moves as a whole.</summary>
    public required long Entries { get; init; }

    /// <summary>Content bytes; of a segment that moves in part, its share by entries.</summary>
    public required long Bytes { get; init; }
}
