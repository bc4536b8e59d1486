namespace Causality.Contracts.Http.Control;

/// <summary>How many listed segments have one reason.</summary>
public sealed record PlanReasonCount
{
    /// <summary>One of <see cref="SyncReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>Segments.</summary>
    public required long Segments { get; init; }

    /// <summary>What to do about it, for people; null for nothing.</summary>
    public string? Action { get; init; }
}
