using Causality.Messaging.Outbox;
using MassTransit;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using Microsoft.EntityFrameworkCore.Storage;

namespace Causality.Messaging.Transactions;

/// <summary>What a transactional consumer sees: everything that it sends becomes a row of its transaction.</summary>
/// <remarks>The members about delivery belong to MassTransit's own loop, which never sees an undelivered message here: delivery is the dispatcher's.</remarks>
internal sealed class TransactionalConsumeContext<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IServiceProvider services, OutboxSession session,
    IDbContextTransaction transaction) : OutboxConsumeContextProxy<T>(context, options, services), ICapturingContext where T : class
{
    public OutboxSession Session => session;

    public override bool ContinueProcessing { get; set; } = true;

    public override bool IsMessageConsumed => false;

    public override bool IsOutboxDelivered => false;

    public override int ReceiveCount => 1;

    public override long? LastSequenceNumber => null;

    /// <summary>The consumer is done: commit its effects and its messages.</summary>
    public override Task SetConsumed() => session.CommitAsync(transaction, CancellationToken);

    public override Task SetDelivered() => Task.CompletedTask;

    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult<List<OutboxMessageContext>>([]);

    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;

    public override Task RemoveOutboxMessages() => Task.CompletedTask;

    public override Task AddSend<TMessage>(SendContext<TMessage> context)
    {
        session.Add(context);
        return Task.CompletedTask;
    }
}
