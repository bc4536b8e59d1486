namespace Causality.Contracts.Http.Control;

/// <summary>What deciding or undoing did, or would do.</summary>
public sealed record ConflictDecisionsAnswer
{
    /// <summary>True when nothing was written.</summary>
    public required bool DryRun { get; init; }

    /// <summary>What became of each subject, in the order of the request.</summary>
    public required IReadOnlyList<ConflictDecisionOutcome> Conflicts { get; init; }
}
