namespace Causality.Contracts;

/// <summary>An entry by id and content.</summary>
public sealed record EntryName
{
    /// <summary>The entry id.</summary>
    public required string Id { get; init; }

    /// <summary>The entry hash, lower-case hex.</summary>
    public required string Hash { get; init; }
}
