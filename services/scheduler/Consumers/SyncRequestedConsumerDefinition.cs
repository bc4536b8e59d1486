using MassTransit;

namespace Causality.Scheduler.Consumers;

/// <summary>Lets many requests wait at the desk at once, since they are admitted together.</summary>
public sealed class SyncRequestedConsumerDefinition : ConsumerDefinition<SyncRequestedConsumer>
{
    /// <summary>Requests in hand at a time.</summary>
    public SyncRequestedConsumerDefinition() => ConcurrentMessageLimit = 500;

    /// <inheritdoc/>
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SyncRequestedConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = 1_000;
}
