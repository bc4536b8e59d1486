namespace Causality.Contracts.Http;

/// <summary>Body of <see cref="SyncRoutes.FetchSegments"/>.</summary>
public sealed record FetchRequest
{
    /// <summary>What is wanted, at most <see cref="SyncLimits.MaxFetchSegments"/>; answered in this order, one frame each. They name at most <see cref="SyncLimits.MaxEntryHashes"/> entries in all.</summary>
    public required IReadOnlyList<WantedSegment> Segments { get; init; }
}
