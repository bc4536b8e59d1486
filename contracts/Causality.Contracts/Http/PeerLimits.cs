namespace Causality.Contracts.Http;

/// <summary>What an operator takes in one request; the values of version 1 are those of <see cref="SyncLimits"/>.</summary>
public sealed record PeerLimits
{
    /// <summary>Most segments in one page of the list.</summary>
    public required int PageSize { get; init; }

    /// <summary>Most ids in one metadata request.</summary>
    public required int MetadataIds { get; init; }

    /// <summary>Most segments in one fetch request.</summary>
    public required int FetchSegments { get; init; }

    /// <summary>Most entry hashes in one entries request.</summary>
    public required int EntryHashes { get; init; }

    /// <summary>Largest request body, in bytes.</summary>
    public required long RequestBytes { get; init; }
}
