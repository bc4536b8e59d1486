using Causality.Messaging.Delivery;
using Causality.Storage.Database;
using Microsoft.Extensions.Options;

namespace Causality.Messaging.Outbox;

/// <summary>Opens sessions, and knows whether the caller is inside one.</summary>
internal sealed class OutboxSessions(OutboxDispatcher dispatcher, IOptions<BusOptions> options, TimeProvider clock)
{
    private readonly AsyncLocal<bool> _inConsumer = new();

    /// <summary>True within a transactional consumer.</summary>
    internal bool IsInConsumer => _inConsumer.Value;

    internal OutboxSession Open(CausalityDbContext database, bool forConsumer = false) =>
        new(database, dispatcher, clock, options.Value.Outbox.Grace) { IsConsumers = forConsumer };

    /// <summary>Marks the caller's flow, and what it calls, as a consumer's.</summary>
    internal void EnterConsumer() => _inConsumer.Value = true;
}
