using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Database.Records;
using Causality.Storage.Log;

namespace Causality.Transfer.Pulling;

/// <summary>What has become of one row of the plan, to be settled with the batch that it belongs to.</summary>
/// <param name="Wish">What the row asked for.</param>
/// <param name="EntriesCame">Entries that came and are to be stored; 0 when none did.</param>
/// <param name="Reason">Why it could not be had; null when it came.</param>
/// <param name="Detail">The same for people.</param>
/// <param name="BytesReceived">Bytes that came for it.</param>
internal sealed record TakenSegment(SegmentWish Wish, int EntriesCame, string? Reason, string? Detail, long BytesReceived)
{
    /// <summary>Reads an answer of the peer.</summary>
    public static TakenSegment Of(SegmentWish wish, FetchedSegment fetched) => new(wish, fetched.Segment?.Count ?? 0, fetched.Reason, fetched.Detail, fetched.BytesReceived);

    /// <summary>Writes it into the row.</summary>
    /// <param name="row">Pending so far.</param>
    /// <param name="result">What the import did; null when nothing came.</param>
    public void Settle(PlanSegmentRecord row, ImportResult? result)
    {
        row.BytesReceived = BytesReceived;
        row.EntriesAdded = result?.EntriesAdded ?? 0;
        if (result is not null && EntriesCame >= (Wish.Entries?.Count ?? 0))
        {
            row.State = PlanSegmentState.Stored;
            return;
        }

        // Some of the entries came and are stored; where the others are, comparing again will tell.
        row.State = result is not null || Reason == FetchedSegment.Gone ? PlanSegmentState.Superseded : PlanSegmentState.Failed;
        row.Reason = result is null ? Reason : FetchedSegment.Gone;
        row.Detail = result is null ? Detail : $"{EntriesCame} of the {Wish.Entries!.Count} entries wanted were at the peer; they are stored.";
    }
}
