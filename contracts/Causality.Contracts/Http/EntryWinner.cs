namespace Causality.Contracts.Http;

/// <summary>Which version of an entry id an operator shows.</summary>
public sealed record EntryWinner
{
    /// <summary>The entry id.</summary>
    public required string EntryId { get; init; }

    /// <summary>The entry hash, 64 hex digits.</summary>
    public required string EntryHash { get; init; }

    /// <summary>The entry's timestamp, milliseconds since the Unix epoch.</summary>
    public required long Timestamp { get; init; }
}
