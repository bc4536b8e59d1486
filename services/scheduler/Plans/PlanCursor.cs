using Causality.Contracts.Http.Control;

namespace Causality.Scheduler.Plans;

/// <summary>Where a page of a plan's segments ends: id and content, so that a list which changes meanwhile is read on at the right place.</summary>
internal static class PlanCursor
{
    // No segment id contains this character, and it sorts before all that may stand in one: an id sorts before those that it begins.
    private const char Between = '!';

    public static string Of(SyncPlanSegment segment) => $"{segment.SegmentId}{Between}{segment.ContentHash}";
}
