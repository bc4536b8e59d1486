using Causality.Core;
using Causality.Storage.Database.Records;

namespace Causality.Protocol;

/// <summary>What the rows of a plan ask for.</summary>
public static class PlanWishes
{
    /// <summary>Reads a row.</summary>
    public static SegmentWish Of(PlanSegmentRecord row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new SegmentWish(
            new SegmentMetadata
            {
                Id = new SegmentId(row.SegmentId),
                Origin = new OperatorId(row.Origin),
                StartTimestamp = row.StartTimestamp,
                EndTimestamp = row.EndTimestamp,
                EntryCount = row.EntryCount,
                ContentHash = ContentHash.Parse(row.ContentHash),
                SizeBytes = row.SizeBytes,
            },
            row.Entries is { } joined ? [.. joined.Chunk(ContentHash.LengthBytes).Select(hash => new ContentHash(hash))] : null);
    }
}
