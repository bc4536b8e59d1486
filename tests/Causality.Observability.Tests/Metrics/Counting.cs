using System.Diagnostics.Metrics;
using Causality.ServiceDefaults.Telemetry.Prometheus;
using Causality.ServiceDefaults.Telemetry.Series;
using Causality.Observability.Tests.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Observability.Tests.Metrics;

/// <summary>A host's instruments and the collector that listens to them.</summary>
internal sealed class Counting : IDisposable
{
    private readonly ServiceProvider _host = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SeriesCollector _collector;

    public Counting(int seriesPerInstrument = 100)
    {
        _collector = new SeriesCollector(Meters, seriesPerInstrument);
        Meter = Meters.Create("Causality");
    }

    public IMeterFactory Meters => _host.GetRequiredService<IMeterFactory>();

    public Meter Meter { get; }

    public string Page => _collector.Collect(PrometheusText.Write);

    /// <summary>The samples whose name begins with a text; the process' own meters say things, too.</summary>
    public IReadOnlyList<(string Series, double Value)> Samples(string prefix) =>
        [.. Sample.ReadPage(Page).Where(sample => sample.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(sample => (sample.Series, sample.Value))];

    public void Dispose()
    {
        _collector.Dispose();
        _host.Dispose();
    }
}
