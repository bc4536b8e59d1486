using System.Diagnostics;
using System.Diagnostics.Metrics;
using Causality.Messaging.Delivery;

namespace Causality.Messaging;

/// <summary>The instruments of the bus, in the meter <c>Causality</c>.</summary>
internal sealed class MessagingMetrics
{
    /// <summary>Spans of the bus; listeners name the source <c>Causality</c>.</summary>
    internal static readonly ActivitySource Traces = new("Causality");

    private readonly Counter<long> _delivered;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _duplicates;
    private readonly Histogram<double> _delay;

    public MessagingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Causality");
        meter.CreateObservableGauge("causality_outbox_pending", () => Pending, "{message}", "Messages committed and not sent, timers included, at the last sweep.");
        _delivered = meter.CreateCounter<long>("causality_outbox_delivered", "{message}", "Messages that the broker confirmed.");
        _failed = meter.CreateCounter<long>("causality_outbox_failed", "{message}", "Attempts to send that failed; each message is tried again.");
        _duplicates = meter.CreateCounter<long>("causality_inbox_duplicates", "{message}", "Messages that had been dealt with before and were dropped.");
        _delay = meter.CreateHistogram<double>("causality_outbox_delay", "s", "From writing a message to the broker's confirmation.");
    }

    /// <summary>Rows in the outbox.</summary>
    internal long Pending { get; set; }

    internal void Delivered(DeliveryPath path, TimeSpan delay)
    {
        _delivered.Add(1, Tag(path));
        _delay.Record(Math.Max(0, delay.TotalSeconds), Tag(path));
    }

    internal void Failed(DeliveryPath path) => _failed.Add(1, Tag(path));

    internal void Duplicate(string consumer) => _duplicates.Add(1, new KeyValuePair<string, object?>("consumer", consumer));

    private static KeyValuePair<string, object?> Tag(DeliveryPath path) => new("path", path == DeliveryPath.Fast ? "fast" : "sweeper");
}
