namespace Causality.Contracts;

/// <summary>The <c>differ</c> has found out what a sync would move, or why it cannot.</summary>
public sealed record SyncPlanned
{
    /// <summary>The plan.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>What was found; null when the logs could not be compared.</summary>
    public PlanFigures? Figures { get; init; }

    /// <summary>One of <see cref="SyncReasons"/> when they could not; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people.</summary>
    public string? Detail { get; init; }
}
