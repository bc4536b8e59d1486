using Causality.Storage.Database;
using Causality.Storage.Observing;
using MassTransit;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using MassTransit.Scheduling;
using MassTransit.Transports;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Messaging.Outbox;

/// <summary>A unit with a scope, a context and a transaction of its own; the bus serializes what its session then keeps.</summary>
internal sealed class OutboxUnit(AsyncServiceScope scope, CausalityDbContext database, IDbContextTransaction transaction, OutboxSession session, IBus bus)
    : IOutboxUnit, OutboxSendContext
{
    private readonly List<Func<CancellationToken, Task>> _messages = [];
    private bool _committed;

    public CausalityDbContext Database => database;

    public void Publish<T>(T message) where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        var endpoint = new PublishEndpoint(new OutboxPublishEndpointProvider(this, bus));
        Add(token => endpoint.Publish(message, token));
    }

    public void Send<T>(Uri destination, T message) where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        Add(token => SendAsync(destination, message, null, token));
    }

    public Guid Schedule<T>(Uri destination, DateTimeOffset dueAt, T message) where T : class => Schedule(destination, dueAt, message, null);

    public void Cancel(Guid token) => session.Cancel(token);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_committed)
            throw new InvalidOperationException("This unit has been committed; begin another one.");
        _committed = true;
        foreach (var message in _messages)
            await message(cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
    }

    public Task AddSend<T>(SendContext<T> context) where T : class
    {
        session.Add(context);
        return Task.CompletedTask;
    }

    public object? GetService(Type serviceType) => scope.ServiceProvider.GetService(serviceType);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync().ConfigureAwait(false);
        await scope.DisposeAsync().ConfigureAwait(false);
    }

    internal Guid Schedule<T>(Uri destination, DateTimeOffset dueAt, T message, IPipe<SendContext<T>>? pipe) where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        var token = ScheduleTokenIdCache<T>.GetTokenId(message, NewId.NextGuid());
        var timed = new ScheduleSendPipe<T>(pipe ?? Pipe.Empty<SendContext<T>>(), dueAt.UtcDateTime) { ScheduledMessageId = token };
        Add(cancellation => SendAsync(destination, message, timed, cancellation));
        return token;
    }

    // A message belongs to the trace in which it was published, not to that of whoever commits: a unit may hold those of many.
    private void Add(Func<CancellationToken, Task> message)
    {
        var trace = Tracing.Current;
        _messages.Add(async token =>
        {
            using var span = trace == Tracing.Current ? null : Tracing.Continue("outbox write", trace);
            await message(token).ConfigureAwait(false);
        });
    }

    private async Task SendAsync<T>(Uri destination, T message, IPipe<SendContext<T>>? pipe, CancellationToken cancellationToken) where T : class
    {
        var endpoint = await new OutboxSendEndpointProvider(this, bus).GetSendEndpoint(destination).ConfigureAwait(false);
        await endpoint.Send(message, pipe ?? Pipe.Empty<SendContext<T>>(), cancellationToken).ConfigureAwait(false);
    }
}
