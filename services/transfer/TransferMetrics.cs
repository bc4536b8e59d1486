using System.Diagnostics.Metrics;
using Causality.Storage.Observing;

namespace Causality.Transfer;

/// <summary>What transfer counts, for the whole process.</summary>
internal static class TransferMetrics
{
    private const string BytesName = "causality_transfer_bytes_total";
    private const string BytesText = "Content bytes moved, by direction.";

    private static readonly Meter Meter = new("Causality.Transfer");

    public static readonly EventCount BytesIn = new(Meter, BytesName, "By", BytesText, new KeyValuePair<string, object?>("direction", "in"));

    public static readonly EventCount BytesOut = new(Meter, BytesName, "By", BytesText, new KeyValuePair<string, object?>("direction", "out"));

    public static readonly EventCount Resumes = new(Meter, "causality_transfer_resumes_total", "{share}", "Shares of a plan that began with some of it stored by an attempt or a process before.");
}
