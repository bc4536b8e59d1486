namespace Causality.Contracts.Http;

/// <summary>Body of <see cref="SyncRoutes.Diff"/>: what the caller holds between two ids.</summary>
public sealed record DiffRequest
{
    /// <summary>Compare only segments with greater ids; absent from the beginning.</summary>
    public string? After { get; init; }

    /// <summary>Compare up to this id, itself included; absent to the end.</summary>
    public string? Until { get; init; }

    /// <summary>All segments of the caller in that range, strictly ascending by id, at most <see cref="SyncLimits.MaxDiffSegments"/>.</summary>
    public required IReadOnlyList<WantedSegment> Segments { get; init; }
}
