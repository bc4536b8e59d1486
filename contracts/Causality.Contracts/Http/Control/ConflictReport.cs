namespace Causality.Contracts.Http.Control;

/// <summary>Who and what collides most in a time.</summary>
public sealed record ConflictReport
{
    /// <summary>Conflicts with a version that came to light in that time.</summary>
    public required long Conflicts { get; init; }

    /// <summary>By the operator that writes the segment in which a version stands, most first.</summary>
    public required IReadOnlyList<ConflictCount> Origins { get; init; }

    /// <summary>By the peer that brought a version, most first.</summary>
    public required IReadOnlyList<ConflictCount> Peers { get; init; }

    /// <summary>By entry type, most first.</summary>
    public required IReadOnlyList<ConflictCount> EntryTypes { get; init; }

    /// <summary>By segment, most first.</summary>
    public required IReadOnlyList<ConflictCount> Segments { get; init; }

    /// <summary>Pairs of origins that collide with each other, <c>a / b</c>, most first.</summary>
    public required IReadOnlyList<ConflictCount> Pairs { get; init; }
}
