using System.Diagnostics;
using Causality.Messaging.Outbox;
using Causality.Storage.Database;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.Logging;

namespace Causality.Messaging.Transactions;

/// <summary>Runs a consumer or saga in one transaction with its inbox row and its outgoing messages.</summary>
internal sealed class TransactionalConsumerFactory(CausalityDbContext database, Inbox inbox, OutboxSessions sessions, CurrentSession current, MessagingMetrics metrics,
    IServiceProvider services, ILogger<TransactionalConsumerFactory> logger) : IOutboxContextFactory<CausalityDbContext>
{
    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next) where T : class
    {
        var watch = Stopwatch.StartNew();
        sessions.EnterConsumer();
        await using var transaction = await database.BeginWriteAsync(context.CancellationToken).ConfigureAwait(false);
        var consumer = $"{options.ConsumerType}@{context.ReceiveContext.InputAddress.Segments[^1]}";
        // Without an id there is nothing to know a message by: two equal bodies may well be two requests. Effects are idempotent by natural key.
        if (context.GetOriginalMessageId() is { } id
            && !await inbox.TryEnterAsync(database, id, consumer, context.CancellationToken).ConfigureAwait(false))
        {
            MessagingLog.Duplicate(logger, id, consumer);
            metrics.Duplicate(consumer);
            // Else it would count as a message that nobody wanted, and move to the _skipped queue.
            await context.NotifyConsumed(context, watch.Elapsed, options.ConsumerType).ConfigureAwait(false);
            return;
        }

        var session = sessions.Open(database, forConsumer: true);
        session.OrderKey = context.ConversationId;
        current.Value = session;
        await next.Send(new TransactionalConsumeContext<T>(context, options, services, session, transaction)).ConfigureAwait(false);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("transaction");
}
