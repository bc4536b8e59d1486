using Causality.Contracts;
using Causality.Core;
using Causality.Storage.Database.Records;

namespace Causality.Differ.Comparing;

/// <summary>Adds up what a plan would move and what it would leave out, row by row as it is found.</summary>
internal sealed class PlanTally
{
    private readonly Dictionary<PlanDirection, Sum> _moved = new() { [PlanDirection.In] = default, [PlanDirection.Out] = default };
    private readonly SortedDictionary<string, Sum> _leftOut = new(StringComparer.Ordinal);

    /// <summary>What would come in.</summary>
    public PlanAmount Incoming => ToAmount(_moved[PlanDirection.In]);

    /// <summary>What would go out.</summary>
    public PlanAmount Outgoing => ToAmount(_moved[PlanDirection.Out]);

    /// <summary>What would not be moved, by reason.</summary>
    public IReadOnlyList<PlanLeftOut> LeftOut =>
        [.. _leftOut.Select(pair => new PlanLeftOut { Reason = pair.Key, Segments = pair.Value.Segments, Entries = pair.Value.Entries, Bytes = pair.Value.Bytes })];

    /// <summary>Segments that would not be moved.</summary>
    public long SegmentsLeftOut => _leftOut.Values.Sum(sum => sum.Segments);

    /// <summary>Counts a row.</summary>
    public void Add(PlanSegmentRecord row)
    {
        if (row.State == PlanSegmentState.Pending)
            _moved[row.Direction] = _moved[row.Direction].With(row);
        else
            _leftOut[row.Reason!] = _leftOut.GetValueOrDefault(row.Reason!).With(row);
    }

    private static PlanAmount ToAmount(Sum sum) => new() { Segments = sum.Segments, Entries = sum.Entries, Bytes = sum.Bytes };

    private readonly record struct Sum(long Segments, long Entries, long Bytes)
    {
        public Sum With(PlanSegmentRecord row) => new(Segments + 1, Entries + row.EntriesToMove(), Bytes + row.BytesToMove());
    }
}
