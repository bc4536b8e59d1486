using Causality.ConflictResolver.Resolving;
using Causality.Contracts;
using Causality.Messaging;
using MassTransit;

namespace Causality.ConflictResolver.Consumers;

/// <summary>Counts the conflicts that a sync would bring, for a plan that nobody carries out.</summary>
[LongRunning]
internal sealed class CountConflictsConsumer(ConflictForecast forecast, ITransactionalOutbox outbox) : IConsumer<CountConflicts>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<CountConflicts> context)
    {
        var conflicts = await forecast.CountAsync(context.Message.Entries, context.CancellationToken);
        await using var unit = await outbox.BeginAsync(context.CancellationToken, context.Message.PlanId);
        unit.Publish(new ConflictsCounted { PlanId = context.Message.PlanId, Conflicts = conflicts });
        await unit.CommitAsync(context.CancellationToken);
    }
}
