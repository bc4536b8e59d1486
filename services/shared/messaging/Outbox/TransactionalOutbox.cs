using Causality.Storage.Database;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Messaging.Outbox;

/// <inheritdoc/>
internal sealed class TransactionalOutbox(IServiceScopeFactory scopes, OutboxSessions sessions, IBus bus) : ITransactionalOutbox
{
    public async Task<IOutboxUnit> BeginAsync(CancellationToken cancellationToken, Guid? orderKey = null)
    {
        if (sessions.IsInConsumer)
            throw new InvalidOperationException(
                "A transactional consumer must not begin a second unit. Use its scoped CausalityDbContext and its consume context, or mark it [LongRunning].");
        return await BeginUnitAsync(cancellationToken, orderKey).ConfigureAwait(false);
    }

    internal async Task<OutboxUnit> BeginUnitAsync(CancellationToken cancellationToken, Guid? orderKey = null)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var database = scope.ServiceProvider.GetRequiredService<CausalityDbContext>();
            var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
            var session = sessions.Open(database);
            session.OrderKey = orderKey ?? NewId.NextGuid();
            return new OutboxUnit(scope, database, transaction, session, bus);
        }
        catch
        {
            await scope.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
