namespace Causality.Contracts.Http;

/// <summary>Body of <see cref="SyncRoutes.SegmentEntries"/>.</summary>
public sealed record EntriesRequest
{
    /// <summary>Hashes of the entries wanted, 64 hex digits each, at most <see cref="SyncLimits.MaxEntryHashes"/>.</summary>
    public required IReadOnlyList<string> EntryHashes { get; init; }
}
