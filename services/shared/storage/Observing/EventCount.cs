using System.Diagnostics.Metrics;

namespace Causality.Storage.Observing;

/// <summary>A counter that is told from the beginning, at zero: of a counter that appears with its first event, nobody could see the increase.</summary>
public sealed class EventCount
{
    private long _count;

    /// <summary>Adds the counter to a meter; several with one name and different tags are one metric.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="name">As Prometheus shows it, ending in <c>_total</c>.</param>
    /// <param name="unit">UCUM; null for a number.</param>
    /// <param name="description">For people.</param>
    /// <param name="tags">The tags of this series.</param>
    public EventCount(Meter meter, string name, string? unit, string description, params KeyValuePair<string, object?>[] tags)
    {
        ArgumentNullException.ThrowIfNull(meter);
        meter.CreateObservableCounter(name, () => new Measurement<long>(Interlocked.Read(ref _count), tags), unit, description);
    }

    /// <summary>Counts.</summary>
    public void Add(long count) => Interlocked.Add(ref _count, count);
}
