namespace Causality.Contracts.Http.Control;

/// <summary>What became of one subject.</summary>
public sealed record ConflictDecisionOutcome
{
    /// <summary>The entry id, or the timestamp in decimal.</summary>
    public required string Subject { get; init; }

    /// <summary><c>decided</c>, <c>unchanged</c> (it was decided so already), <c>unknown</c> (no such conflict), <c>no-such-version</c> or <c>nothing-to-undo</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>What the view showed before; null where nothing is known.</summary>
    public string? Before { get; init; }

    /// <summary>What it shows from now on; null where nothing was done.</summary>
    public string? After { get; init; }

    /// <summary>Version of the conflict before, for <c>expected_versions</c>; null where nothing is known.</summary>
    public long? Version { get; init; }
}
