using Causality.Contracts;
using Causality.Messaging.Outbox;
using Causality.Scheduler.Options;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Background;

/// <summary>The clock of the scheduler: begins the syncs that are due and tells sagas that their deadline has passed.</summary>
/// <remarks>
/// Both are rows with a time, taken with <c>FOR UPDATE SKIP LOCKED</c>, so any number of replicas may run this loop and none does another's work.
/// A pass that fails (database away, broker away) is logged and tried again: the rows are still due.
/// </remarks>
internal sealed class SchedulerLoop(ITransactionalOutbox outbox, SyncAdmission admission, SchedulerSwitch scheduler, IOptions<SyncOptions> options, TimeProvider time, ILogger<SchedulerLoop> logger)
    : BackgroundService
{
    private const int RowsPerPass = 100;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await NextTickAsync(timer, stoppingToken))
        {
            try
            {
                while (await PassDeadlinesAsync(stoppingToken) == RowsPerPass) { }
                if (options.Value.Scheduled && scheduler.IsRunning)
                    while (await BeginDueSyncsAsync(stoppingToken) == RowsPerPass) { }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.SchedulerPassFailed(exception);
            }
        }
    }

    private static async Task<bool> NextTickAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<int> PassDeadlinesAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var unit = await outbox.BeginAsync(cancellationToken);
        var due = await DueAsync<SyncState>(unit.Database, "syncs", "active AND deadline_at <= {0}", "deadline_at", now, cancellationToken);
        foreach (var sync in due)
        {
            await unit.PublishAsync(new SyncDeadlinePassed { SyncId = sync.CorrelationId, DeadlineAt = sync.DeadlineAt!.Value }, cancellationToken);

            // The saga recognizes its deadline by this number, so the row keeps it; the message is repeated only if nothing has come of it for a while.
            await RepeatLaterAsync(unit.Database, sync, now, cancellationToken);
        }

        await unit.CommitAsync(cancellationToken);
        return due.Count;
    }
