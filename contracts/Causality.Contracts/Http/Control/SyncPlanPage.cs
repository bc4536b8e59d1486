namespace Causality.Contracts.Http.Control;

/// <summary>A page of a plan's segments, ascending by segment id.</summary>
public sealed record SyncPlanPage
{
    /// <summary>The segments.</summary>
    public required IReadOnlyList<SyncPlanSegment> Segments { get; init; }

    /// <summary>The <c>after</c> of the next page; null at the end.</summary>
    public string? Next { get; init; }
}
