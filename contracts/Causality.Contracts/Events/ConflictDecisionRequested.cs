namespace Causality.Contracts;

/// <summary>A conflict waits for a program's decision: answer with <see cref="ConflictDecided"/> before the deadline, else the fallback strategy decides.</summary>
public sealed record ConflictDecisionRequested
{
    /// <summary><c>id</c>: one entry id with several contents; <c>timestamp</c>: one timestamp with several ids.</summary>
    public required string Kind { get; init; }

    /// <summary>The entry id, or the timestamp in decimal.</summary>
    public required string Subject { get; init; }

    /// <summary>The versions to choose from, latest first; at most the 100 latest.</summary>
    public required IReadOnlyList<ConflictVersion> Versions { get; init; }

    /// <summary>Hash of what the view shows until somebody decides.</summary>
    public required string Shown { get; init; }

    /// <summary>When the fallback decides, UTC.</summary>
    public required DateTimeOffset Deadline { get; init; }
}
