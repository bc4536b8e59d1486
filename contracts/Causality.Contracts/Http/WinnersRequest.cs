namespace Causality.Contracts.Http;

/// <summary>Body of <see cref="SyncRoutes.ResolveConflicts"/>.</summary>
public sealed record WinnersRequest
{
    /// <summary>Entry ids, at most <see cref="SyncLimits.MaxWinnerIds"/>, any order.</summary>
    public required IReadOnlyList<string> EntryIds { get; init; }
}
