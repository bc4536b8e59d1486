using Causality.Messaging;
using MassTransit;

namespace Causality.Scheduler.Consumers;

/// <summary>Lets many requests wait at the desk at once, since they are admitted together.</summary>
public sealed class SyncRequestedConsumerDefinition : ConsumerDefinition<SyncRequestedConsumer>
{
    /// <inheritdoc/>
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SyncRequestedConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.LimitTo<SyncRequestedConsumer>(context, prefetch: 1_000, concurrency: 500);
}
