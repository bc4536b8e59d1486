namespace Causality.Contracts.Http;

/// <summary>Some entries of one segment, in a <see cref="FetchRequest"/>: whatever the segment's content is by now.</summary>
public sealed record WantedEntries
{
    /// <summary>The segment.</summary>
    public required string Id { get; init; }

    /// <summary>Hashes of the entries wanted, 32 bytes each, one after the other, in base64; at least one.</summary>
    public required string Hashes { get; init; }
}
