namespace Causality.Contracts.Http.Control;

/// <summary>What a strategy would choose.</summary>
public sealed record StrategyChoice
{
    /// <summary><c>latest-wins</c>, <c>remote-wins</c> or <c>local-wins</c>.</summary>
    public required string Strategy { get; init; }

    /// <summary>Hash of the version that it would have the view show.</summary>
    public required string WinnerHash { get; init; }
}
