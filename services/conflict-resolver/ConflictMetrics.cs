using System.Diagnostics.Metrics;
using Causality.ConflictResolver.Ledger;

namespace Causality.ConflictResolver;

/// <summary>The instruments of the conflict-resolver, in the meter <c>Causality</c>.</summary>
internal sealed class ConflictMetrics
{
    private readonly Counter<long> _conflicts;
    private long _open;

    public ConflictMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Causality");
        _conflicts = meter.CreateCounter<long>("causality_conflicts_total", "{conflict}", "Conflicts decided or left open, by strategy and result.");
        meter.CreateObservableGauge("causality_conflicts_open", () => Interlocked.Read(ref _open), "{conflict}", "Conflicts that wait for somebody's decision, at the last look.");
    }

    /// <summary>Conflicts that wait for a decision.</summary>
    public long Open { set => Interlocked.Exchange(ref _open, value); }

    /// <summary>Counts what became of conflicts.</summary>
    public void Count(IEnumerable<LedgerRecord> rows)
    {
        foreach (var group in rows.CountBy(row => (row.Strategy, row.State)))
            _conflicts.Add(group.Value, new KeyValuePair<string, object?>("strategy", group.Key.Strategy), new KeyValuePair<string, object?>("result", group.Key.State == ConflictState.Open ? "open" : "decided"));
    }
}
