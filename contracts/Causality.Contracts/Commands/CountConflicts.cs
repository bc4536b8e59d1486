namespace Causality.Contracts;

/// <summary>Asks the <c>conflict-resolver</c> how many conflicts some entries would be in, if they came into the log.</summary>
/// <remarks>One consumer; changes nothing. Answered by <see cref="ConflictsCounted"/>.</remarks>
public sealed record CountConflicts
{
    /// <summary>The plan that the entries belong to.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>The entries; at most 10,000, with at most 1 MiB of ids.</summary>
    public required IReadOnlyList<EntryName> Entries { get; init; }
}
