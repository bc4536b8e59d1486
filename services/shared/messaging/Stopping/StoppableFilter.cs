using MassTransit;

namespace Causality.Messaging.Stopping;

/// <summary>Ends long work when the process begins to stop, and has the broker keep its message.</summary>
internal sealed class StoppableFilter<T>(GracefulStop stop) : IFilter<ConsumeContext<T>> where T : class
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        if (stop.Begun.IsCancellationRequested)
            await HoldAsync(context.CancellationToken).ConfigureAwait(false);
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

    // Came between the stop and the queue's knowing of it: giving it back at once would bring it here again, and each time counts as a delivery.
    private static async Task HoldAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Hold, cancellationToken).ConfigureAwait(false);
        throw new ProcessStoppingException();
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("stoppable");
}
