using Causality.Messaging.Transactions;
using Causality.Storage.Database;
using MassTransit;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;

namespace Causality.Messaging.Sagas;

/// <summary>Sagas as rows: loads them under a lock, and leaves saving to the transaction of the message.</summary>
internal sealed class DatabaseSagas<TSaga>(CausalityDbContext database, ISagaConsumeContextFactory<CausalityDbContext, TSaga> factory, CurrentSession current)
    : ISagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>, IQuerySagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISagaVersion
{
    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next) where T : class =>
        next.Send(Open(context));

    public async Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next) where T : class
    {
        // Ids only: each saga is then loaded under its own lock, and its state may have moved on by then, which the state machine sees.
        var found = await database.Set<TSaga>().AsNoTracking().Where(query.FilterExpression).Select(saga => saga.CorrelationId)
            .ToListAsync(context.CancellationToken).ConfigureAwait(false);
        await next.Send(new DefaultSagaRepositoryQueryContext<TSaga, T>(Open(context), found)).ConfigureAwait(false);
    }

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken) where T : class =>
        asyncMethod(new SagaReader<TSaga>(database, cancellationToken));

    public Task<T> Execute<T>(Func<QuerySagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken) where T : class =>
        asyncMethod(new SagaReader<TSaga>(database, cancellationToken));

    public void Probe(ProbeContext context) => context.Add("persistence", "database");

    private SagaTransaction<TSaga, T> Open<T>(ConsumeContext<T> context) where T : class =>
        new(database, context, factory, current.Value ?? throw new InvalidOperationException(
            $"The saga {typeof(TSaga).Name} got a message outside a transaction; register the bus with AddCausalityBus."));
}
