using Causality.Protocol;
using Causality.Storage.Database.Records;

namespace Causality.Transfer.Pushing;

/// <summary>What became of one outgoing row of the plan.</summary>
/// <param name="Wish">What the row says.</param>
/// <param name="EntriesAdded">Entries that the peer did not have; null when it did not take the segment.</param>
/// <param name="Reason">Why not; null when it did.</param>
/// <param name="Detail">The same for people.</param>
internal sealed record SentSegment(SegmentWish Wish, long? EntriesAdded, string? Reason, string? Detail)
{
    /// <summary>Writes it into the row.</summary>
    public void Settle(PlanSegmentRecord row)
    {
        row.State = EntriesAdded is not null ? PlanSegmentState.Stored : Reason == FetchedSegment.Gone ? PlanSegmentState.Superseded : PlanSegmentState.Failed;
        (row.EntriesAdded, row.Reason, row.Detail) = (EntriesAdded ?? 0, Reason, Detail);
    }
}
