namespace Causality.Contracts;

/// <summary>The <c>conflict-resolver</c> has counted what <see cref="CountConflicts"/> asked for.</summary>
public sealed record ConflictsCounted
{
    /// <summary>The plan.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>Entry ids that would have more than one content because of those entries, each counted once.</summary>
    public required long Conflicts { get; init; }
}
