namespace Causality.Contracts.Http.Control;

/// <summary>A conflict with everything about it.</summary>
public sealed record ConflictDetails
{
    /// <summary>The conflict.</summary>
    public required ConflictInfo Conflict { get; init; }

    /// <summary>Its versions, latest first; at most the 100 latest.</summary>
    public required IReadOnlyList<ConflictVersionDetails> Versions { get; init; }

    /// <summary>Decisions that have been superseded, latest first; at most 100.</summary>
    public required IReadOnlyList<SupersededDecision> History { get; init; }

    /// <summary>What each built-in strategy would have the view show.</summary>
    public required IReadOnlyList<StrategyChoice> Choices { get; init; }

    /// <summary>Members in which the two latest versions differ, as paths such as <c>data.amount</c>; at most 100.</summary>
    public required IReadOnlyList<string> Differences { get; init; }
}
