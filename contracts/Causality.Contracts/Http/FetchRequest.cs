namespace Causality.Contracts.Http;

/// <summary>Body of <see cref="SyncRoutes.FetchSegments"/>.</summary>
public sealed record FetchRequest
{
    /// <summary>What is wanted, at most <see cref="SyncLimits.MaxFetchSegments"/>; answered in this order, one frame each.</summary>
    public required IReadOnlyList<WantedSegment> Segments { get; init; }

    /// <summary>
    /// Segments of which only some entries are wanted, answered after <see cref="Segments"/> in this order, one frame each; with those at most
    /// <see cref="SyncLimits.MaxFetchSegments"/>, and at most <see cref="SyncLimits.MaxEntryHashes"/> entries in all. Absent for none.
    /// </summary>
    public IReadOnlyList<WantedEntries>? Entries { get; init; }
}
