using Causality.Messaging.Database;
using Causality.Messaging.Outbox;
using Causality.Storage.Database;
using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;

namespace Causality.Messaging.Sagas;

/// <summary>One message and the saga that it is for. What changes is saved when the message's transaction commits.</summary>
internal sealed class SagaTransaction<TSaga, T>(CausalityDbContext database, ConsumeContext<T> context, ISagaConsumeContextFactory<CausalityDbContext, TSaga> factory,
    OutboxSession session) : ConsumeContextScope<T>(context, database), SagaRepositoryContext<TSaga, T>
    where TSaga : class, ISagaVersion
    where T : class
{
    private readonly ConsumeContext<T> _context = context;

    public Task<SagaConsumeContext<TSaga, T>> Add(TSaga instance)
    {
        session.OrderKey = instance.CorrelationId;
        return factory.CreateSagaConsumeContext(database, _context, instance, SagaConsumeContextMode.Add);
    }

    public async Task<SagaConsumeContext<TSaga, T>> Insert(TSaga instance)
    {
        // Null sends the caller on to Load: the saga exists.
        if (await FindAsync(instance.CorrelationId).ConfigureAwait(false) is not null)
            return null!;
        database.Add(instance);
        return await factory.CreateSagaConsumeContext(database, _context, instance, SagaConsumeContextMode.Insert).ConfigureAwait(false);
    }

    public async Task<SagaConsumeContext<TSaga, T>> Load(Guid correlationId) =>
        await FindAsync(correlationId).ConfigureAwait(false) is { } saga
            ? await factory.CreateSagaConsumeContext(database, _context, saga, SagaConsumeContextMode.Load).ConfigureAwait(false)
            : null!;

    public Task Save(SagaConsumeContext<TSaga> context)
    {
        database.Add(context.Saga);
        return Task.CompletedTask;
    }

    public Task Update(SagaConsumeContext<TSaga> context)
    {
        context.Saga.Version++;
        return Task.CompletedTask;
    }

    public Task Delete(SagaConsumeContext<TSaga> context)
    {
        database.Remove(context.Saga);
        return Task.CompletedTask;
    }

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context)
    {
        database.Entry(context.Saga).State = EntityState.Unchanged;
        return Task.CompletedTask;
    }

    public Task<SagaConsumeContext<TSaga, TMessage>> CreateSagaConsumeContext<TMessage>(ConsumeContext<TMessage> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where TMessage : class => factory.CreateSagaConsumeContext(database, consumeContext, instance, mode);

    /// <summary>Loads under two locks: the advisory one also holds off a twin that would create the same saga, for which there is no row to lock yet.</summary>
    private async Task<TSaga?> FindAsync(Guid id)
    {
        session.OrderKey = id;
        await AdvisoryLock.TakeAsync(database, $"saga/{id}", CancellationToken).ConfigureAwait(false);
        var table = TableShape.Of<TSaga>(database);
        if (!table.HasRowLocks)
            return await database.Set<TSaga>().SingleOrDefaultAsync(saga => saga.CorrelationId == id, CancellationToken).ConfigureAwait(false);
        var query = $"SELECT {table.Columns} FROM {table.Table} WHERE {table[nameof(ISaga.CorrelationId)]} = {{0}} FOR UPDATE";
        var found = await database.Set<TSaga>().FromSqlRaw(query, id).ToListAsync(CancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }
}
