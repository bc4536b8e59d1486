using Causality.Messaging.Sagas;
using Causality.Storage.Database;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;

namespace Causality.Messaging;

/// <summary>Registers sagas that live in the operator's database.</summary>
public static class SagaRegistrationExtensions
{
    /// <summary>Adds a saga whose state is a row, changed in the same transaction as the messages that it sends.</summary>
    /// <typeparam name="TStateMachine">The state machine.</typeparam>
    /// <typeparam name="TState">The state; its service maps it by an <see cref="IEntityTables"/>, with <see cref="ISagaVersion.Version"/> as concurrency token.</typeparam>
    /// <param name="configurator">The bus.</param>
    /// <returns>For the endpoint's settings.</returns>
    public static ISagaRegistrationConfigurator<TState> AddCausalitySaga<TStateMachine, TState>(this IBusRegistrationConfigurator configurator)
        where TStateMachine : class, SagaStateMachine<TState>
        where TState : class, SagaStateMachineInstance, ISagaVersion =>
        InDatabase(configurator.AddSagaStateMachine<TStateMachine, TState>());

    /// <summary>The same, with the endpoint's settings in a definition.</summary>
    /// <typeparam name="TStateMachine">The state machine.</typeparam>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="TDefinition">The endpoint's settings.</typeparam>
    /// <param name="configurator">The bus.</param>
    /// <returns>For further settings.</returns>
    public static ISagaRegistrationConfigurator<TState> AddCausalitySaga<TStateMachine, TState, TDefinition>(this IBusRegistrationConfigurator configurator)
        where TStateMachine : class, SagaStateMachine<TState>
        where TState : class, SagaStateMachineInstance, ISagaVersion
        where TDefinition : class, ISagaDefinition<TState> =>
        InDatabase(configurator.AddSagaStateMachine<TStateMachine, TState>(typeof(TDefinition)));

    private static ISagaRegistrationConfigurator<TState> InDatabase<TState>(ISagaRegistrationConfigurator<TState> saga)
        where TState : class, ISagaVersion =>
        saga.Repository(repository =>
        {
            // Before the repository, which would else fill these two places with ones that refuse.
            repository.RegisterLoadSagaRepository<TState, DatabaseSagas<TState>>();
            repository.RegisterQuerySagaRepository<TState, DatabaseSagas<TState>>();
            repository.RegisterSagaRepository<TState, CausalityDbContext, SagaConsumeContextFactory<CausalityDbContext, TState>, DatabaseSagas<TState>>();
        });
}
