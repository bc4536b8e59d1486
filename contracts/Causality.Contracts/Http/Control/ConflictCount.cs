namespace Causality.Contracts.Http.Control;

/// <summary>How many conflicts something has to do with.</summary>
public sealed record ConflictCount
{
    /// <summary>What is counted: an operator, an entry type, a segment, a strategy.</summary>
    public required string Name { get; init; }

    /// <summary>Conflicts.</summary>
    public required long Conflicts { get; init; }
}
