using System.Diagnostics.Metrics;
using System.Text;
using Causality.ServiceDefaults.Telemetry.Series;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Telemetry.Prometheus;

/// <summary>What <c>/metrics</c> answers. It is written at most once a second, however many ask.</summary>
internal sealed class MetricsPage : IHostedService, IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private readonly SeriesCollector _collector;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private byte[] _page = [];
    private long _writtenAt;

    public MetricsPage(IMeterFactory meters, IOptions<MetricsOptions> options, TimeProvider time) =>
        (_collector, _time) = (new SeriesCollector(meters, options.Value.SeriesPerInstrument), time);

    /// <summary>The page, not older than a second.</summary>
    public byte[] Read()
    {
        lock (_lock)
        {
            if (_page.Length == 0 || _time.GetElapsedTime(_writtenAt) >= Lifetime)
            {
                _page = Encoding.UTF8.GetBytes(_collector.Collect(PrometheusText.Write));
                _writtenAt = _time.GetTimestamp();
            }

            return _page;
        }
    }

    /// <summary>Everything that this process may tell, with its type, ascending by name; with or without series at the moment.</summary>
    public IReadOnlyList<(string Name, string Type)> Kinds => _collector.Collect(instruments => instruments
        .Select(series => (Name: PrometheusText.NameOf(series), Type: PrometheusText.TypeOf(series.Kind))).Distinct().OrderBy(pair => pair.Name, StringComparer.Ordinal).ToList());

    /// <summary>It listens since it was made: a hosted service so that it is made before anything is counted.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _collector.Dispose();
}
