using System.Diagnostics.Metrics;
using Causality.Storage.Observing;

namespace Causality.Differ;

/// <summary>What comparisons cost, for the whole process.</summary>
internal static class DifferMetrics
{
    private static readonly Meter Meter = new("Causality.Differ");
    private static readonly EventCount RoundTrips = new(Meter, "causality_diff_round_trips_total", "{round_trip}", "Requests to peers in comparisons.");
    private static readonly EventCount Bytes = new(Meter, "causality_diff_bytes_total", "By", "Bytes of bodies to and from peers in comparisons.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("causality_diff_duration_seconds", "s", "Duration of comparisons, the plan written.");

    /// <summary>Counts a comparison.</summary>
    public static void Compared(long roundTrips, long bytes, TimeSpan duration)
    {
        RoundTrips.Add(roundTrips);
        Bytes.Add(bytes);
        Duration.Record(duration.TotalSeconds);
    }
}
