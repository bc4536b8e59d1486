namespace Causality.Contracts;

/// <summary>Segments that differ, of the directions that a sync moves, and that it has not moved.</summary>
/// <remarks>The reasons are those of an explanation of the same moment; more than the named ones are in the plan (<c>causality sync PEER --explain</c>).</remarks>
public sealed record SyncLeftOut
{
    /// <summary>Most segments that are named.</summary>
    public const int MostNamed = 50;

    /// <summary>How many, named or not.</summary>
    public required long Segments { get; init; }

    /// <summary>All of them by reason, ascending by it.</summary>
    public required IReadOnlyList<PlanLeftOut> ByReason { get; init; }

    /// <summary>The first <see cref="MostNamed"/>: those that failed before those that a setting leaves out, ascending by segment id. Empty while the sync runs.</summary>
    public required IReadOnlyList<LeftOutSegment> Named { get; init; }
}
