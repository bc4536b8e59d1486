namespace Causality.Contracts;

/// <summary>A program's decision of a conflict. It is taken whether or not it was asked for; a later one supersedes it.</summary>
public sealed record ConflictDecided
{
    /// <summary><c>id</c> (also when absent) or <c>timestamp</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The entry id, or the timestamp in decimal.</summary>
    public required string Subject { get; init; }

    /// <summary>Hash of the version to show; must be one of the conflict's.</summary>
    public required string WinnerHash { get; init; }

    /// <summary>Who decided, for the ledger; at most 256 characters.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>Why, for people; at most 1,024 characters.</summary>
    public string? Reason { get; init; }
}
