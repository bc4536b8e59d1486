namespace Causality.Contracts.Http;

/// <summary>Answer of <see cref="SyncRoutes.Diff"/>, from the caller's side. Seed: "LogDiff".</summary>
public sealed record DiffAnswer
{
    /// <summary>Root fingerprint of the answering log, 32 lower-case hex digits.</summary>
    public required string Root { get; init; }

    /// <summary>Segments that the caller lacks, ascending by id.</summary>
    public required IReadOnlyList<SegmentDescription> MissingLocally { get; init; }

    /// <summary>Ids of the caller's segments that are not here, ascending.</summary>
    public required IReadOnlyList<string> MissingRemotely { get; init; }

    /// <summary>Segments that both have with different content, as they are here, ascending by id.</summary>
    public required IReadOnlyList<SegmentDescription> Differing { get; init; }

    /// <summary>The id up to which was compared, when there were more segments here than one answer compares: the <c>after</c> of the next request. Absent when the range is done.</summary>
    public string? Next { get; init; }
}
