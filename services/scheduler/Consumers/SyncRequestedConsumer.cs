using Causality.Contracts;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using MassTransit;

namespace Causality.Scheduler.Consumers;

/// <summary>The public entrance: requests from other systems, by envelope or as plain JSON.</summary>
public sealed class SyncRequestedConsumer(SyncAdmission admission, CausalityDbContext database) : IConsumer<SyncRequested>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<SyncRequested> context) =>
        admission.AdmitAsync(database, new ConsumePublisher(context), context.Message, context.MessageId ?? NewId.NextGuid(), context.CancellationToken);

    private sealed class ConsumePublisher(ConsumeContext context) : ITransactionalPublisher
    {
        public Task PublishAsync<T>(T message) where T : class => context.Publish(message);
    }
}
