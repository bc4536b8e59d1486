using System.Diagnostics.Metrics;

namespace Causality.Transfer;

/// <summary>What transfer counts.</summary>
internal static class TransferMetrics
{
    /// <summary>The tag of <see cref="Bytes"/> for what came from peers.</summary>
    public static readonly KeyValuePair<string, object?> In = new("direction", "in");

    /// <summary>The tag of <see cref="Bytes"/> for what went to peers.</summary>
    public static readonly KeyValuePair<string, object?> Out = new("direction", "out");

    private static readonly Meter Meter = new("Causality.Transfer");

    public static readonly Counter<long> Bytes = Meter.CreateCounter<long>("causality_transfer_bytes_total", "By", "Content bytes moved, by direction.");

    public static readonly Counter<long> Resumes = Meter.CreateCounter<long>("causality_transfer_resumes_total", "{share}", "Shares of a plan that began with some of it stored by an attempt or a process before.");
}
