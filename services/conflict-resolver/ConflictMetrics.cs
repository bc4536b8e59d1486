using System.Diagnostics.Metrics;
using Causality.ConflictResolver.Ledger;
using Causality.Storage.Observing;

namespace Causality.ConflictResolver;

/// <summary>The instruments of the conflict-resolver, in the meter <c>Causality</c>.</summary>
internal sealed class ConflictMetrics
{
    private readonly Counter<long> _conflicts;
    private long? _open;
    private readonly Lock _lock = new();

    public ConflictMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterNames.Causality);
        _conflicts = meter.CreateCounter<long>("causality_conflicts_total", "{conflict}", "Conflicts decided or left open, by strategy and result.");
        meter.CreateObservableGauge("causality_conflicts_open", Observe, "{conflict}", "Conflicts that wait for somebody's decision, at the last look; missing before the first.");
    }

    /// <summary>Conflicts that wait for a decision.</summary>
    public long Open
    {
        set
        {
            lock (_lock)
                _open = value;
        }
    }

    /// <summary>Counts what became of conflicts.</summary>
    public void Count(IEnumerable<LedgerRecord> rows)
    {
        foreach (var group in rows.CountBy(row => (row.Strategy, row.State)))
            _conflicts.Add(group.Value, new KeyValuePair<string, object?>("strategy", group.Key.Strategy), new KeyValuePair<string, object?>("result", group.Key.State == ConflictState.Open ? "open" : "decided"));
    }

    private IEnumerable<Measurement<long>> Observe()
    {
        lock (_lock)
            return _open is { } open ? [new Measurement<long>(open)] : [];
    }
}
