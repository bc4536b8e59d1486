using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Causality.ServiceDefaults.Telemetry.Series;

/// <summary>Listens to an operator's instruments from the moment it is made.</summary>
/// <remarks>
/// Not through OpenTelemetry's provider: it goes on telling an observed series that is no longer observed, and a peer that was removed would be behind for ever. Instruments
/// of another operator in the same process (their meters belong to its host) are not ours; those of the whole process, such as the runtime's, are everybody's.
/// </remarks>
internal sealed class SeriesCollector : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _series = [];
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();

    /// <param name="meters">The host's; its instruments and those of no host are listened to.</param>
    /// <param name="seriesPerInstrument">See <see cref="InstrumentSeries"/>.</param>
    public SeriesCollector(IMeterFactory meters, int seriesPerInstrument)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!TelemetrySources.HasMeter(instrument.Meter.Name) || IsOfAnotherHost(instrument.Meter))
                return;
            var series = new InstrumentSeries(instrument, seriesPerInstrument);
            _series[instrument] = series;
            listener.EnableMeasurementEvents(instrument, series);
        };
        bool IsOfAnotherHost(Meter meter) => meter.Scope is { } scope && !ReferenceEquals(scope, meters) && !TelemetrySources.IsShared(meter.Name);

        _listener.MeasurementsCompleted = (instrument, _) => _series.TryRemove(instrument, out var _);
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Take((double)value, tags, state));
        _listener.Start();
    }

    /// <summary>Asks the observed instruments and gives all series to <paramref name="read"/>, one caller at a time.</summary>
    public T Collect<T>(Func<IReadOnlyCollection<InstrumentSeries>, T> read)
    {
        lock (_collecting)
        {
            foreach (var (instrument, series) in _series)
            {
                if (instrument.IsObservable)
                    series.Forget();
            }

            ObserveAll();
            return read([.. _series.Values]);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) => ((InstrumentSeries)state!).Record(value, tags);

    // One observer that fails must not take the figures of all others with it: what it did not tell is missing, and that is seen.
    private void ObserveAll()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
        }
    }
}
