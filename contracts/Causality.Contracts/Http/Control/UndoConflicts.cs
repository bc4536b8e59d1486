namespace Causality.Contracts.Http.Control;

/// <summary>Takes the decision in force of some conflicts back: the one before it comes into force again. Nothing is forgotten; undoing twice restores it.</summary>
public sealed record UndoConflicts
{
    /// <summary><c>id</c> (also when absent) or <c>timestamp</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Entry ids, or timestamps in decimal; 1 to 1,000, each once.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary>Who asks, for the ledger; 1 to 256 characters.</summary>
    public required string By { get; init; }

    /// <summary>Why; at most 1,024 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The version that each conflict had when it was looked at, in the order of <see cref="Subjects"/>: if any has changed since, nothing is done. Null for "as it stands".</summary>
    public IReadOnlyList<long>? ExpectedVersions { get; init; }

    /// <summary>Only tell what would change.</summary>
    public bool DryRun { get; init; }
}
