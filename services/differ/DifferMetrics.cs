using System.Diagnostics.Metrics;

namespace Causality.Differ;

/// <summary>What comparisons cost.</summary>
internal static class DifferMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Causality.Differ";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> RoundTrips = Meter.CreateCounter<long>("causality.diff.round_trips", "{round_trip}", "Requests to peers in comparisons.");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("causality.diff.bytes", "By", "Bytes of bodies to and from peers in comparisons.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("causality.diff.duration", "s", "Duration of comparisons, the plan written.");

    /// <summary>Counts a comparison.</summary>
    public static void Compared(long roundTrips, long bytes, TimeSpan duration)
    {
        RoundTrips.Add(roundTrips);
        Bytes.Add(bytes);
        Duration.Record(duration.TotalSeconds);
    }
}
