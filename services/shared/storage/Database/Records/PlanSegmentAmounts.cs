using Causality.Core;

namespace Causality.Storage.Database.Records;

/// <summary>How much a row of a plan moves; the same arithmetic as <see cref="PlanCounts"/> does in the database.</summary>
public static class PlanSegmentAmounts
{
    /// <summary>Entries: those named, or all of the segment's.</summary>
    public static long EntriesToMove(this PlanSegmentRecord row) => row.Entries is { } named ? named.Length / ContentHash.LengthBytes : row.EntryCount;

    /// <summary>Content bytes; of a segment that moves in part, its share by entries.</summary>
    public static long BytesToMove(this PlanSegmentRecord row) =>
        row.Entries is null ? row.SizeBytes : row.SizeBytes / Math.Max(1, row.EntryCount) * row.EntriesToMove();
}
