using System.Reflection;
using Causality.Messaging.Stopping;
using Causality.Storage.Database;
using MassTransit;
using MassTransit.Configuration;

namespace Causality.Messaging.Transactions;

/// <summary>Puts every consumer and saga of an endpoint into a transaction, except those marked <see cref="LongRunningAttribute"/>, which hear of the process' end instead.</summary>
internal sealed class TransactionObserver(IReceiveEndpointConfigurator endpoint, IRegistrationContext context, GracefulStop stop) : IConsumerConfigurationObserver, ISagaConfigurationObserver
{
    private readonly OutboxConsumePipeSpecificationObserver<CausalityDbContext> _inner = new(endpoint, context);

    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator) where TConsumer : class =>
        _inner.ConsumerConfigured(configurator);

    public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class
        where TMessage : class
    {
        if (typeof(TConsumer).GetCustomAttribute<LongRunningAttribute>() is null)
            _inner.ConsumerMessageConfigured(configurator);
        else
            configurator.Message(message => message.UseFilter(new StoppableFilter<TMessage>(stop)));
    }

    public void SagaConfigured<TSaga>(ISagaConfigurator<TSaga> configurator) where TSaga : class, ISaga => _inner.SagaConfigured(configurator);

    public void StateMachineSagaConfigured<TInstance>(ISagaConfigurator<TInstance> configurator, SagaStateMachine<TInstance> stateMachine)
        where TInstance : class, ISaga, SagaStateMachineInstance => _inner.StateMachineSagaConfigured(configurator, stateMachine);

    public void SagaMessageConfigured<TSaga, TMessage>(ISagaMessageConfigurator<TSaga, TMessage> configurator)
        where TSaga : class, ISaga
        where TMessage : class => _inner.SagaMessageConfigured(configurator);
}
