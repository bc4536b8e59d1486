using Causality.Contracts;
using Causality.Scheduler.Data;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Consumers;

/// <summary>Takes the answers about plans; one that nobody remembers is dropped.</summary>
public sealed class SyncPlannedConsumer(CausalityDbContext database) : IConsumer<SyncPlanned>, IConsumer<ConflictsCounted>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<SyncPlanned> context)
    {
        var (answer, figures) = (context.Message, context.Message.Figures is { } found ? SyncJson.Write(found) : null);
        return database.Set<PlanRecord>().Where(plan => plan.PlanId == answer.PlanId).ExecuteUpdateAsync(
            plan => plan.SetProperty(p => p.Figures, figures).SetProperty(p => p.Reason, answer.Reason).SetProperty(p => p.Detail, answer.Detail), context.CancellationToken);
    }

    // It may overtake the other answer: each has columns of its own.
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ConflictsCounted> context) => database.Set<PlanRecord>().Where(plan => plan.PlanId == context.Message.PlanId)
        .ExecuteUpdateAsync(plan => plan.SetProperty(p => p.Conflicts, (long?)context.Message.Conflicts), context.CancellationToken);
}
