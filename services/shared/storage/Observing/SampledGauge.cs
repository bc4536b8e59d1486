using System.Diagnostics.Metrics;

namespace Causality.Storage.Observing;

/// <summary>A gauge with the values of the latest look. Values that could not be renewed for <see cref="Lifetime"/> are no longer told: silence is seen, an old value would be believed.</summary>
public sealed class SampledGauge
{
    /// <summary>How long a value is told.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time;
    private IReadOnlyList<Measurement<double>> _values = [];
    private long _takenAt;

    /// <summary>Adds the gauge to a meter.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="time">For the age of the values.</param>
    /// <param name="name">As Prometheus shows it.</param>
    /// <param name="unit">UCUM, such as <c>s</c> or <c>By</c>; null for a number.</param>
    /// <param name="description">For people.</param>
    public SampledGauge(Meter meter, TimeProvider time, string name, string? unit, string description)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _time = time;
        meter.CreateObservableGauge(name, Observe, unit, description);
    }

    /// <summary>Replaces all values.</summary>
    public void Set(IEnumerable<Measurement<double>> values)
    {
        Volatile.Write(ref _takenAt, _time.GetTimestamp());
        Volatile.Write(ref _values, [.. values]);
    }

    /// <summary>Replaces the one value of a gauge without tags.</summary>
    public void Set(double value) => Set([new Measurement<double>(value)]);

    private IReadOnlyList<Measurement<double>> Observe() => _time.GetElapsedTime(Volatile.Read(ref _takenAt)) < Lifetime ? Volatile.Read(ref _values) : [];
}
