namespace Causality.Contracts;

/// <summary>One decided conflict. Every version stays in the log; the decision says which one is shown.</summary>
public sealed record ResolvedConflict
{
    /// <summary><c>id</c>: one entry id with several contents; <c>timestamp</c>: one timestamp with several ids.</summary>
    public required string Kind { get; init; }

    /// <summary>The entry id, or the timestamp in decimal.</summary>
    public required string Subject { get; init; }

    /// <summary>Hash of the entry that is shown, lower-case hex.</summary>
    public required string WinnerHash { get; init; }

    /// <summary>Number of versions, the winner included.</summary>
    public required long Versions { get; init; }

    /// <summary><c>latest-wins</c>, <c>remote-wins</c>, <c>local-wins</c>, <c>report</c>, <c>message</c>, <c>person</c>, or the name of a plug-in.</summary>
    public required string Strategy { get; init; }

    /// <summary><c>policy</c>, <c>plugin</c>, <c>message</c> or <c>person</c>.</summary>
    public required string Decider { get; init; }

    /// <summary>Name of the person, program or plug-in; null for the policy.</summary>
    public string? DecidedBy { get; init; }
}
