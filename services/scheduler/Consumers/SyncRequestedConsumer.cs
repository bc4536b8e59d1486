using System.Diagnostics;
using Causality.Contracts;
using Causality.Messaging;
using Causality.Scheduler.Syncs;
using Causality.Storage.Observing;
using MassTransit;
using MassTransit.Logging;

namespace Causality.Scheduler.Consumers;

/// <summary>The public entrance: requests from other systems, by envelope or as plain JSON.</summary>
/// <remarks>Without an inbox: a sync id is the natural key, and a request without one that is delivered twice costs at most a sync with nothing to do.</remarks>
[LongRunning]
public sealed class SyncRequestedConsumer(RequestDesk desk) : IConsumer<SyncRequested>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<SyncRequested> context)
    {
        using var span = JoinTrace(context.ReceiveContext.TransportHeaders);
        await desk.AdmitAsync(
            context.Message, context.MessageId ?? NewId.NextGuid(), context.CancellationToken, isRepeated: context.ReceiveContext.Redelivered || context.GetRetryAttempt() > 0);
    }

    // Programs without MassTransit say where they are by W3C's header; MassTransit has its own, and has joined that trace already.
    private static Activity? JoinTrace(Headers headers) =>
        headers.TryGetHeader(DiagnosticHeaders.ActivityId, out _) ? null : Tracing.Continue("sync requested", headers.Get<string>("traceparent"), ActivityKind.Consumer);
}
