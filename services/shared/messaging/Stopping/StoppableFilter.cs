using MassTransit;

namespace Causality.Messaging.Stopping;

/// <summary>Ends long work when the process begins to stop, and has the broker keep its message.</summary>
internal sealed class StoppableFilter<T>(GracefulStop stop) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stop.Begun);
        try
        {
            await next.Send(new StoppableContext<T>(context, linked.Token)).ConfigureAwait(false);
        }
        catch (Exception error) when (stop.Begun.IsCancellationRequested)
        {
            // Whatever it is that broke, it broke because the process stops: neither a retry here nor a dead letter is the answer.
            throw new ProcessStoppingException(error);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("stoppable");
}
