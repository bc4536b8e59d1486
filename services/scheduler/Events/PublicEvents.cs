using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using MassTransit;

namespace Causality.Scheduler.Events;

/// <summary>Publishes what subscribers see: on the bus, and as a row that the event stream replays, in one transaction.</summary>
public sealed class PublicEvents(CausalityDbContext database, TimeProvider time)
{
    /// <summary>Publishes within a consumer or a saga: both effects join its transaction.</summary>
    public Task PublishAsync<T>(IPublishEndpoint endpoint, Guid syncId, string? peerId, T message) where T : class
    {
        Record(database, syncId, peerId, message);
        return endpoint.Publish(message);
    }

    /// <summary>Adds the row alone, for a caller that publishes by its own unit of work.</summary>
    public void Record<T>(CausalityDbContext into, Guid syncId, string? peerId, T message) where T : class => into.Add(new PublicEvent
    {
        EventType = typeof(T).Name,
        SyncId = syncId,
        PeerId = peerId,
        At = time.GetUtcNow().ToUnixTimeMilliseconds(),
        Body = SyncJson.Write(message),
    });
}
