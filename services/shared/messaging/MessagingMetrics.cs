using System.Diagnostics;
using System.Diagnostics.Metrics;
using Causality.Messaging.Delivery;
using Causality.Storage.Observing;

namespace Causality.Messaging;

/// <summary>The instruments of the bus, in the meter <c>Causality</c>.</summary>
internal sealed class MessagingMetrics
{
    private const string PathLabel = "path";

    /// <summary>Spans of the bus; listeners name the source <c>Causality</c>.</summary>
    internal static readonly ActivitySource Traces = new(MeterNames.Traces);

    private readonly LabelledCount _delivered;
    private readonly LabelledCount _failed;
    private readonly Counter<long> _duplicates;
    private readonly Histogram<double> _delay;

    public MessagingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterNames.Causality);
        _delivered = new LabelledCount(meter, "causality_outbox_delivered_total", "{message}", "Messages that the broker confirmed, by the way that they took.", PathLabel, Name(DeliveryPath.Fast), Name(DeliveryPath.Sweeper));
        _failed = new LabelledCount(meter, "causality_outbox_failed_total", "{message}", "Attempts to send that failed; each message is tried again.", PathLabel, Name(DeliveryPath.Fast), Name(DeliveryPath.Sweeper));
        _duplicates = meter.CreateCounter<long>("causality_inbox_duplicates_total", "{message}", "Messages that had been dealt with before and were dropped.");
        _delay = meter.CreateHistogram<double>("causality_outbox_delay_seconds", "s", "From writing a message to the broker's confirmation.");
    }

    internal void Delivered(DeliveryPath path, TimeSpan delay)
    {
        _delivered.Add(Name(path), 1);
        _delay.Record(Math.Max(0, delay.TotalSeconds), new KeyValuePair<string, object?>(PathLabel, Name(path)));
    }

    internal void Failed(DeliveryPath path) => _failed.Add(Name(path), 1);

    internal void Duplicate(string consumer) => _duplicates.Add(1, new KeyValuePair<string, object?>("consumer", consumer));

    private static string Name(DeliveryPath path) => path == DeliveryPath.Fast ? "fast" : "sweeper";
}
