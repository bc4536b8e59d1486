namespace Causality.Contracts.Http.Control;

/// <summary>A page of conflicts, by their latest change.</summary>
public sealed record ConflictPage
{
    /// <summary>The conflicts.</summary>
    public required IReadOnlyList<ConflictInfo> Conflicts { get; init; }

    /// <summary>The <c>after</c> of the next page; null at the end.</summary>
    public long? Next { get; init; }
}
