using System.Diagnostics.Metrics;
using Causality.Storage.Observing;

namespace Causality.Storage;

/// <summary>What the store counts, for the whole process.</summary>
internal static class StorageMetrics
{
    private static readonly Meter Meter = new("Causality.Storage");

    public static readonly EventCount FlushErrors = new(Meter, "causality_fsync_errors_total", "{error}", "Flushes that the disk refused.");

    public static readonly EventCount ScrubErrors = new(Meter, "causality_scrub_errors_total", "{content}", "Stored contents that were found damaged or missing, by whoever read them.");
}
