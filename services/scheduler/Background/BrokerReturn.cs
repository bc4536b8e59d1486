using MassTransit;

namespace Causality.Scheduler.Background;

/// <summary>Notices that an endpoint of this process has connected: at the start, and after every loss of the broker.</summary>
internal sealed class BrokerReturn(BrokerSignal signal) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady ready)
    {
        signal.Raise();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
