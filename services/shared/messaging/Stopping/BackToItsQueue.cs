using System.Runtime.ExceptionServices;
using MassTransit;

namespace Causality.Messaging.Stopping;

/// <summary>Stands before the error queue, and sends a message that the process' end has interrupted back to its own.</summary>
internal sealed class BackToItsQueue : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        // An error that leaves this pipe is what makes the transport refuse the delivery, and the queue keep the message.
        if (context.Exception is ProcessStoppingException)
            ExceptionDispatchInfo.Throw(context.Exception);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("back-to-its-queue");
}
