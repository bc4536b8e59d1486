using System.Diagnostics.Metrics;
using Causality.Messaging.Delivery;
using Causality.Storage.Observing;

namespace Causality.Messaging.Observing;

/// <summary>What waits in this service's outbox. Replicas share the outbox and say the same.</summary>
internal sealed class OutboxGauges : IGaugeSource
{
    private readonly OutboxTable _table;
    private readonly TimeProvider _time;
    private readonly SampledGauge _pending;
    private readonly SampledGauge _oldest;

    public OutboxGauges(OutboxTable table, IMeterFactory meters, TimeProvider time)
    {
        (_table, _time) = (table, time);
        var meter = meters.Create(MeterNames.Causality);
        _pending = new SampledGauge(meter, time, "causality_outbox_pending", "{message}", "Messages committed and not sent, without timers that are not due.");
        _oldest = new SampledGauge(meter, time, "causality_outbox_oldest_age_seconds", "s", "How long the oldest message that is to be sent has waited; 0 when none waits.");
    }

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (count, oldest) = await _table.MeasureAsync(cancellationToken).ConfigureAwait(false);
        _pending.Set(count);
        _oldest.Set(oldest is { } since ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds) : 0);
    }
}
