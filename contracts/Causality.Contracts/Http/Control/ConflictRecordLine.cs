namespace Causality.Contracts.Http.Control;

/// <summary>A line of the ledger's export.</summary>
public sealed record ConflictRecordLine
{
    /// <summary>The conflict.</summary>
    public required ConflictInfo Conflict { get; init; }

    /// <summary>All versions, latest first; the entries themselves are in the log.</summary>
    public required IReadOnlyList<ConflictVersion> Versions { get; init; }

    /// <summary>All decisions that have been superseded, latest first.</summary>
    public required IReadOnlyList<SupersededDecision> History { get; init; }
}
