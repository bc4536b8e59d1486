using System.Diagnostics;
using Causality.Messaging.Outbox;
using Causality.Storage;
using Causality.Storage.Database.Records;
using MassTransit;
using MassTransit.Logging;
using MassTransit.Serialization;
using Microsoft.Extensions.Options;

namespace Causality.Messaging.Delivery;

/// <summary>Sends a row as it stands: same id, same bytes, however often.</summary>
internal sealed class OutboxSender(IBus bus, MessagingMetrics metrics, IOptions<BusOptions> options, TimeProvider clock)
{
    /// <summary>Done when the broker has confirmed.</summary>
    /// <exception cref="TimeoutException">No confirmation within <see cref="OutboxOptions.SendTimeout"/>; it may have arrived nevertheless.</exception>
    internal async Task SendAsync(OutboxMessage row, DeliveryPath path, CancellationToken cancellationToken)
    {
        var stored = StoredProperties.Read(row.Properties);
        if (stored.ExpiresAt <= clock.GetUtcNow())
            return;
        using var span = StartSpan(stored);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Failpoint.Reach(path == DeliveryPath.Fast ? Failpoints.DispatcherBeforePublish : Failpoints.SweeperBeforePublish);
            await TransmitAsync(row, stored, limit.Token).WaitAsync(options.Value.Outbox.SendTimeout, clock, cancellationToken).ConfigureAwait(false);
            Failpoint.Reach(path == DeliveryPath.Fast ? Failpoints.DispatcherAfterPublish : Failpoints.SweeperAfterPublish);
            metrics.Delivered(path, clock.GetUtcNow() - (stored.SentTime ?? clock.GetUtcNow().UtcDateTime));
        }
        catch (Exception error)
        {
            span?.SetStatus(ActivityStatusCode.Error, error.Message);
            metrics.Failed(path);
            await limit.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task TransmitAsync(OutboxMessage row, StoredProperties stored, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(new Uri(row.Destination)).ConfigureAwait(false);
        await endpoint.Send(new SerializedMessageBody(), new VerbatimPipe(row, stored, clock.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Joins the trace that the message was written in, whichever process sends it.</summary>
    private static Activity? StartSpan(StoredProperties stored) =>
        stored.Headers.TryGetValue(DiagnosticHeaders.ActivityId, out var parent)
            ? MessagingMetrics.Traces.StartActivity("outbox deliver", ActivityKind.Producer, parent as string)
            : null;
}
