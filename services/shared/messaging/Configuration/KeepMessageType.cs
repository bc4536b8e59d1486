using Causality.Messaging.Serialization;
using MassTransit;

namespace Causality.Messaging.Configuration;

/// <summary>Writes on a failed plain message what type it was, which only its exchange told: a re-drive goes straight to the queue.</summary>
internal sealed class KeepMessageType : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (!context.TransportHeaders.TryGetHeader(MessageHeaders.MessageType, out _) && PlainHeaders.TypeOfExchange(context) is { } type)
            context.ExceptionHeaders.Set(MessageHeaders.MessageType, type);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("keepMessageType");
}
