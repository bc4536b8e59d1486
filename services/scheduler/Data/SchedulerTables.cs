using Causality.Scheduler.Events;
using Causality.Scheduler.StateMachines;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Data;

/// <summary>The scheduler's own tables: <c>syncs</c> (saga and history), <c>pending_syncs</c> (the one follow-up per peer) and <c>events</c> (the public stream), <c>schedule</c> (its switch), <c>plans</c> (questions what a sync would do).</summary>
internal sealed class SchedulerTables : IEntityTables
{
    private const string Schema = "scheduler";

    public void Map(ModelBuilder model, TableNames names)
    {
        model.Entity<SyncState>(entity =>
        {
            names.Table(entity, Schema, "syncs");
            entity.HasKey(sync => sync.CorrelationId);
            entity.Property(sync => sync.CorrelationId).HasColumnName("sync_id").ValueGeneratedNever();
            entity.Property(sync => sync.Version).IsConcurrencyToken();
            entity.Ignore(sync => sync.FailureIsRetryable);
            entity.Ignore(sync => sync.RetryAfter);
        });

        model.Entity<PendingSync>(entity =>
        {
            names.Table(entity, Schema, "pending_syncs");
            entity.HasKey(pending => pending.PeerId);
        });

        model.Entity<PublicEvent>(entity =>
        {
            names.Table(entity, Schema, "events");
            entity.HasKey(published => published.Sequence);
            entity.Property(published => published.Sequence).ValueGeneratedOnAdd();
            entity.Property(published => published.TransactionId).ValueGeneratedOnAdd();
        });

        model.Entity<ScheduleRecord>(entity =>
        {
            names.Table(entity, Schema, "schedule");
            entity.HasKey(schedule => schedule.Id);
            entity.Property(schedule => schedule.Id).ValueGeneratedNever();
        });

        model.Entity<PlanRecord>(entity =>
        {
            names.Table(entity, Schema, "plans");
            entity.HasKey(plan => plan.PlanId);
            entity.Property(plan => plan.PlanId).ValueGeneratedNever();
        });

        foreach (var type in new[] { typeof(SyncState), typeof(PendingSync), typeof(PublicEvent), typeof(ScheduleRecord), typeof(PlanRecord) })
        {
            foreach (var property in model.Entity(type).Metadata.GetProperties().ToList())
            {
                if (property.Name != nameof(SyncState.CorrelationId))
                    property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    private static string SnakeCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
