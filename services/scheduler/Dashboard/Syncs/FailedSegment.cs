namespace Causality.Scheduler.Dashboard.Syncs;

/// <summary>A segment that a sync could not take or send.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="Origin">Its origin, as the peer says.</param>
/// <param name="Reason">Why, one of <c>SyncReasons</c>.</param>
/// <param name="Detail">The same for people.</param>
public sealed record FailedSegment(string SegmentId, string Origin, string? Reason, string? Detail);
