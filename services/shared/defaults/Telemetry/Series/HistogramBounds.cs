using System.Diagnostics.Metrics;
using System.Globalization;

namespace Causality.ServiceDefaults.Telemetry.Series;

/// <summary>The buckets of a histogram: what its instrument advises, else what suits its unit.</summary>
internal static class HistogramBounds
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];

    private static readonly double[] Numbers = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    public static double[] Of(Instrument instrument, double scale) => (Advised(instrument), instrument.Unit) switch
    {
        ({ Length: > 0 } advised, _) => Array.ConvertAll(advised, bound => bound * scale),
        (_, "s" or "ms") => Seconds,
        _ => Numbers,
    };

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Instrument<float> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Instrument<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => Convert.ToDouble(bound, CultureInfo.InvariantCulture))],
        Instrument<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => Convert.ToDouble(bound, CultureInfo.InvariantCulture))],
        _ => null,
    };
}
