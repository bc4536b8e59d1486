using MassTransit;
using MassTransit.Context;

namespace Causality.Messaging.Stopping;

/// <summary>A message whose consumer is told when the process begins to stop, not only when its time is up.</summary>
internal sealed class StoppableContext<T>(ConsumeContext<T> context, CancellationToken stopping) : ConsumeContextScope<T>(context) where T : class
{
    public override CancellationToken CancellationToken => stopping;
}
