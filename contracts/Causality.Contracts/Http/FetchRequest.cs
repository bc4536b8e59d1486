namespace Causality.Contracts.Http;

/// <summary>Body of <see cref="SyncRoutes.FetchSegments"/>.</summary>
public sealed record FetchRequest
{
    /// <summary>What is wanted, at most <see cref="SyncLimits.MaxFetchSegments"/>; answered in this order, one frame each.</summary>
    public required IReadOnlyList<WantedSegment> Segments { get; init; }

    /// <summary>Segments whose content hashes are not known, answered after <see cref="Segments"/> in this order, one frame each; counted with those. Absent for none.</summary>
    public IReadOnlyList<SizedSegment>? Sized { get; init; }

    /// <summary>
    /// Segments of which only some entries are wanted, answered after those in this order, one frame each; with them at most
    /// <see cref="SyncLimits.MaxFetchSegments"/>, and at most <see cref="SyncLimits.MaxEntryHashes"/> entries in all. Absent for none.
    /// </summary>
    public IReadOnlyList<WantedEntries>? Entries { get; init; }
}
