using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Causality.Storage.Observing;

/// <summary>A gauge with the latest value of each peer. A peer that nothing was heard of for <see cref="Lifetime"/> is forgotten, so that a removed one does not stay behind.</summary>
public sealed class RecentValues
{
    /// <summary>How long a value is told.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int MaxPeers = 2_000;
    private readonly ConcurrentDictionary<string, (double Value, DateTimeOffset At)> _values = new(StringComparer.Ordinal);

    /// <summary>Adds the gauge to a meter.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="name">As Prometheus shows it.</param>
    /// <param name="unit">UCUM; null for a number.</param>
    /// <param name="description">For people.</param>
    public RecentValues(Meter meter, string name, string? unit, string description)
    {
        ArgumentNullException.ThrowIfNull(meter);
        meter.CreateObservableGauge(name, Observe, unit, description);
    }

    /// <summary>Notes the value of a peer.</summary>
    /// <param name="peer">Its operator id, authenticated.</param>
    /// <param name="value">The value.</param>
    /// <param name="now">The present time.</param>
    public void Note(string peer, double value, DateTimeOffset now)
    {
        if (_values.Count < MaxPeers || _values.ContainsKey(peer))
            _values[peer] = (value, now);
        foreach (var old in _values.Where(pair => now - pair.Value.At > Lifetime))
            _values.TryRemove(old);
    }

    private IEnumerable<Measurement<double>> Observe()
    {
        var oldest = TimeProvider.System.GetUtcNow() - Lifetime;
        return _values.Where(pair => pair.Value.At > oldest).Select(pair => new Measurement<double>(pair.Value.Value, new KeyValuePair<string, object?>("peer", pair.Key)));
    }
}
