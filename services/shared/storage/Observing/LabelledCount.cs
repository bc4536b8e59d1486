using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Causality.Storage.Observing;

/// <summary>An <see cref="EventCount"/> for each value of one label, of a closed set.</summary>
public sealed class LabelledCount
{
    /// <summary>Most values; further ones are counted as <see cref="Other"/>.</summary>
    public const int MaxValues = 2_000;

    /// <summary>The value of those that had no room.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Adds the counter to a meter.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="name">As Prometheus shows it, ending in <c>_total</c>.</param>
    /// <param name="unit">UCUM; null for a number.</param>
    /// <param name="description">For people.</param>
    /// <param name="label">The label.</param>
    /// <param name="values">Values that are told from the beginning, at zero.</param>
    public LabelledCount(Meter meter, string name, string? unit, string description, string label, params string[] values)
    {
        ArgumentNullException.ThrowIfNull(meter);
        foreach (var value in values)
            _counts[value] = 0;
        meter.CreateObservableCounter(name, () => _counts.Select(pair => new Measurement<long>(pair.Value, new KeyValuePair<string, object?>(label, pair.Key))), unit, description);
    }

    /// <summary>Counts; a count of 0 makes the value known.</summary>
    public void Add(string value, long count) =>
        _counts.AddOrUpdate(_counts.Count < MaxValues || _counts.ContainsKey(value) ? value : Other, count, (_, before) => before + count);
}
