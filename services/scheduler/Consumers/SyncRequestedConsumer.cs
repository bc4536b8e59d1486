using Causality.Contracts;
using Causality.Messaging;
using Causality.Scheduler.Syncs;
using MassTransit;

namespace Causality.Scheduler.Consumers;

/// <summary>The public entrance: requests from other systems, by envelope or as plain JSON.</summary>
/// <remarks>Without an inbox: a sync id is the natural key, and a request without one that is delivered twice costs at most a sync with nothing to do.</remarks>
[LongRunning]
public sealed class SyncRequestedConsumer(RequestDesk desk) : IConsumer<SyncRequested>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<SyncRequested> context) => desk.AdmitAsync(
        context.Message, context.MessageId ?? NewId.NextGuid(), context.CancellationToken, isRepeated: context.ReceiveContext.Redelivered || context.GetRetryAttempt() > 0);
}
