using System.Diagnostics.Metrics;

namespace Causality.Storage;

/// <summary>What the store counts.</summary>
internal static class StorageMetrics
{
    private static readonly Meter Meter = new("Causality.Storage");

    public static readonly Counter<long> FlushErrors = Meter.CreateCounter<long>("causality_fsync_errors_total", "{error}", "Flushes that the disk refused.");

    public static readonly Counter<long> ScrubErrors = Meter.CreateCounter<long>("causality_scrub_errors_total", "{segment}", "Segments that the slow pass over the store found damaged, by reason.");
}
