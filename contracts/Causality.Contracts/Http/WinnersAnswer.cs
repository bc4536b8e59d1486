namespace Causality.Contracts.Http;

/// <summary>Answer of <see cref="SyncRoutes.ResolveConflicts"/>.</summary>
public sealed record WinnersAnswer
{
    /// <summary>What the operator shows under each id, ascending by id; ids that it shows nothing for are left out.</summary>
    public required IReadOnlyList<EntryWinner> Winners { get; init; }
}
