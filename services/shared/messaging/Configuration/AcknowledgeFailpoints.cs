using Causality.Storage;
using MassTransit;

namespace Causality.Messaging.Configuration;

/// <summary>The points around an acknowledgement; added only to a process in which a point is armed.</summary>
/// <remarks>
/// MassTransit acknowledges between "all consumers done" (<see cref="IConsumeObserver.PostConsume{T}"/>) and <see cref="IReceiveObserver.PostReceive"/>.
/// Afterwards means: the acknowledgement has been written to the connection; whether the broker has read it is for the broker to say.
/// </remarks>
internal sealed class AcknowledgeFailpoints : IReceiveObserver, IConsumeObserver
{
    public Task PreReceive(ReceiveContext context)
    {
        Failpoint.Reach(Failpoints.MessageReceived);
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context) where T : class
    {
        Failpoint.Reach(Failpoints.MessageBeforeAcknowledge);
        return Task.CompletedTask;
    }

    public Task PostReceive(ReceiveContext context)
    {
        Failpoint.Reach(Failpoints.MessageAfterAcknowledge);
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;

    public Task PreConsume<T>(ConsumeContext<T> context) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception) where T : class => Task.CompletedTask;
}
