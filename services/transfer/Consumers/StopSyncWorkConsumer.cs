using Causality.Contracts;
using Causality.Storage.Database;
using MassTransit;

namespace Causality.Transfer.Consumers;

/// <summary>Raises the fence that stops an attempt, whichever replica works on it.</summary>
public sealed class StopSyncWorkConsumer(CausalityDbContext database) : IConsumer<StopSyncWork>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<StopSyncWork> context) => database.StopAsync(context.Message.SyncId, context.Message.Attempt, context.CancellationToken);
}
