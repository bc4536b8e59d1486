using Causality.Messaging;

namespace Causality.Scheduler.Syncs;

/// <summary>Publishes through a unit of work, for callers that are no consumers.</summary>
internal sealed class UnitPublisher(IOutboxUnit unit) : ITransactionalPublisher
{
    public Task PublishAsync<T>(T message) where T : class
    {
        unit.Publish(message);
        return Task.CompletedTask;
    }
}
