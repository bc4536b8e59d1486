using MassTransit;

namespace Causality.Messaging.Observing;

/// <summary>Counts a message once it is among the dead letters.</summary>
internal sealed class NoteDeadLetter(EndpointNames names, string queue) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        await next.Send(context).ConfigureAwait(false);
        names.NoteDeadLetter(queue);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("noteDeadLetter");
}
