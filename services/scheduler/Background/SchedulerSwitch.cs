using Causality.Messaging;
using Causality.Scheduler.Data;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Background;

/// <summary>Whether the operator's schedule begins syncs: the seed's <c>start</c> and <c>stop</c>, for all schedulers at once. Requests are served either way.</summary>
public sealed class SchedulerSwitch(ITransactionalOutbox outbox)
{
    /// <summary>True unless somebody has stopped the schedule.</summary>
    public static async Task<bool> IsRunningAsync(CausalityDbContext database, CancellationToken cancellationToken) =>
        !await database.Set<ScheduleRecord>().AnyAsync(schedule => !schedule.Running, cancellationToken);

    /// <summary>Starts or stops the schedule; doing so twice is doing so once.</summary>
    public async Task SetAsync(bool running, CancellationToken cancellationToken = default)
    {
        await using var unit = await outbox.BeginAsync(cancellationToken);
        var table = unit.Database.Names.Quoted("scheduler", "schedule");
        var sql = $"INSERT INTO {table} (id, running) VALUES ({{0}}, {{1}}) ON CONFLICT (id) DO UPDATE SET running = excluded.running";
        await unit.Database.Database.ExecuteSqlRawAsync(sql, [ScheduleRecord.OnlyId, running], cancellationToken);
        await unit.CommitAsync(cancellationToken);
    }
}
