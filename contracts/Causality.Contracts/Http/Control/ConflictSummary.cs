namespace Causality.Contracts.Http.Control;

/// <summary>How many conflicts there are.</summary>
public sealed record ConflictSummary
{
    /// <summary>Conflicts that wait for somebody's decision.</summary>
    public required long Open { get; init; }

    /// <summary>Decided ones.</summary>
    public required long Decided { get; init; }

    /// <summary>Conflicts by strategy, most first.</summary>
    public required IReadOnlyList<ConflictCount> ByStrategy { get; init; }

    /// <summary>Conflicts by the peer that brought the newest version, most first, at most 20.</summary>
    public required IReadOnlyList<ConflictCount> ByPeer { get; init; }

    /// <summary>Conflicts by the type of the winner, most first.</summary>
    public IReadOnlyList<ConflictCount> ByEntryType { get; init; } = [];

    /// <summary>Version of the log up to which conflicts have been looked for; compare with the gateway's <c>version</c>.</summary>
    public required long ResolvedVersion { get; init; }
}
