using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Ranges on the wire: how many, then lower and upper bound of each, coded as the bounds of one Negentropy message.</summary>
internal static class RangesWire
{
    private const int MinBytes = 4;

    public static void Write(WireWriter output, IReadOnlyList<ReconciliationRange> ranges)
    {
        var bounds = new BoundWriter();
        output.WriteVarint((ulong)ranges.Count);
        foreach (var range in ranges)
        {
            bounds.Write(output, range.Lower);
            bounds.Write(output, range.Upper);
        }
    }

    public static List<ReconciliationRange> Read(ref WireReader input)
    {
        var bounds = new BoundReader();
        var ranges = new List<ReconciliationRange>();
        for (var left = input.ReadCount("ranges", SyncLimits.MaxRanges, MinBytes); left > 0; left--)
            ranges.Add(new ReconciliationRange(bounds.Read(ref input), bounds.Read(ref input)));
        return ranges;
    }

    /// <summary>At most as many ranges as a request may hold, the last one taking in what is left.</summary>
    public static IReadOnlyList<ReconciliationRange> Bounded(IReadOnlyList<ReconciliationRange> ranges) => ranges.Count <= SyncLimits.MaxRanges
        ? ranges
        : [.. ranges.Take(SyncLimits.MaxRanges - 1), new ReconciliationRange(ranges[SyncLimits.MaxRanges - 1].Lower, ranges[^1].Upper)];
}
