using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Causality.ServiceDefaults.Telemetry.Series;

/// <summary>All series of one instrument, as many as a bound allows; what has no room is one series more, so that nothing goes uncounted.</summary>
internal sealed class InstrumentSeries
{
    /// <summary>Levels that the runtime declares as counters.</summary>
    private static readonly string[] GaugesInTruth = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    private readonly ConcurrentDictionary<TagSet, Point> _points = new(TagSetComparer.Instance);
    private readonly ConcurrentDictionary<TagSet, Point>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _byTags;
    private readonly int _limit;
    private readonly double _scale;
    private readonly bool _adds;

    /// <param name="instrument">What measures.</param>
    /// <param name="limit">Most series, the overflow aside.</param>
    public InstrumentSeries(Instrument instrument, int limit)
    {
        (Instrument, _limit, _byTags) = (instrument, limit, _points.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>());
        Kind = KindOf(instrument);
        // Base units only: whoever compares durations should not have to know which library measured them.
        _scale = instrument.Unit == "ms" ? 0.001 : 1;
        _adds = !instrument.IsObservable && !IsGauge(instrument);
        Bounds = Kind == SeriesKind.Histogram ? HistogramBounds.Of(instrument, _scale) : [];
    }

    public Instrument Instrument { get; }

    public SeriesKind Kind { get; }

    /// <summary>The buckets' upper bounds in base units; empty for anything but a histogram.</summary>
    public double[] Bounds { get; }

    public IReadOnlyCollection<KeyValuePair<TagSet, Point>> Points => _points.ToArray();

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        tags = tags.Length > TagSet.MaxTags ? tags[..TagSet.MaxTags] : tags;
        if (!_byTags.TryGetValue(tags, out var point))
            point = _points.Count < _limit ? _points.GetOrAdd(TagSetComparer.Instance.Create(tags), _ => NewPoint()) : _points.GetOrAdd(TagSet.Overflow, _ => NewPoint());
        point.Record(value * _scale);
    }

    /// <summary>Observed series are told anew at each look; one that is not told any more is gone.</summary>
    public void Forget() => _points.Clear();

    private Point NewPoint() => Kind == SeriesKind.Histogram ? new HistogramPoint(Bounds) : new ValuePoint(_adds);

    private static bool IsGauge(Instrument instrument) => Definition(instrument) == typeof(Gauge<>);

    private static SeriesKind KindOf(Instrument instrument)
    {
        if (GaugesInTruth.Contains(instrument.Name))
            return SeriesKind.Gauge;
        var definition = Definition(instrument);
        if (definition == typeof(Histogram<>))
            return SeriesKind.Histogram;
        return definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? SeriesKind.Counter : SeriesKind.Gauge;
    }

    private static Type? Definition(Instrument instrument)
    {
        var type = instrument.GetType();
        return type.IsGenericType ? type.GetGenericTypeDefinition() : null;
    }
}
