using MassTransit;

namespace Causality.Messaging.Delivery;

/// <summary>Wakes the sweeper when an endpoint has connected: what was backed off while the broker was away need not wait any longer.</summary>
internal sealed class BrokerReturned(SweeperAlarm alarm) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady ready)
    {
        alarm.WakeForStranded();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
