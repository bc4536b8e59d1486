using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Queues;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>Looks for what a person should know before anything else. A source that cannot be read is an alarm itself.</summary>
internal sealed class AlarmReader(QueueReader queues, TimeProvider time)
{
    private static readonly TimeSpan OutboxPatience = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<Alarm>> ReadAsync(Reading<ConflictSummary> conflicts, CausalityDbContext database, bool scheduleRunning, CancellationToken cancellationToken)
    {
        var found = new List<Alarm>();
        found.AddRange(OfQueues(await queues.ReadAsync(cancellationToken)));
        found.AddRange(await OfOutboxAsync(database, cancellationToken));
        found.AddRange(await OfPeersAsync(database, cancellationToken));
        found.AddRange(OfConflicts(conflicts));
        if (!scheduleRunning)
            found.Add(new Alarm("warn", "The schedule is stopped: syncs begin only on request."));
        return [.. found.OrderBy(alarm => alarm.Severity switch { "bad" => 0, "warn" => 1, _ => 2 })];
    }

    private static IEnumerable<Alarm> OfQueues(QueueView view)
    {
        if (view.Broker is null)
            yield break;
        if (view.Broker.Fault is { } fault)
            yield return new Alarm("warn", $"The queues cannot be seen: {fault}", DashboardRoutes.Queues, "Queues");
        if (view.Broker.Value is not { } broker)
            yield break;
        foreach (var alarm in broker.Alarms)
            yield return new Alarm("bad", alarm, DashboardRoutes.Queues, "Queues");
        if (broker.DeadLetters > 0)
            yield return new Alarm("bad", $"{Show.Count(broker.DeadLetters)} dead letters wait for somebody; 'causality dlq list' tells why.", DashboardRoutes.Queues, "Queues");
        if (broker.Queues.Count(queue => queue.IsUnattended) is > 0 and var unattended)
            yield return new Alarm("bad", $"{unattended} queues have no consumer: a service is down.", DashboardRoutes.Queues, "Queues");
    }

    private async Task<IReadOnlyList<Alarm>> OfOutboxAsync(CausalityDbContext database, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var oldest = await database.Set<OutboxMessage>().AsNoTracking().Where(message => message.DueAt <= now).OrderBy(message => message.DueAt).Select(message => (long?)message.DueAt).FirstOrDefaultAsync(cancellationToken);
        var age = oldest is { } due ? TimeSpan.FromMilliseconds(now - due) : TimeSpan.Zero;
        return age <= OutboxPatience ? [] : [new Alarm("bad", $"Messages do not leave the outbox: the oldest has been due for {Show.Duration(age)}. Is the broker blocked or away?", DashboardRoutes.Queues, "Queues")];
    }

    private static async Task<IReadOnlyList<Alarm>> OfPeersAsync(CausalityDbContext database, CancellationToken cancellationToken)
    {
        var failing = await database.Set<PeerRecord>().AsNoTracking().CountAsync(peer => peer.Enabled && peer.LastStatus == "Failed", cancellationToken);
        return failing == 0 ? [] : [new Alarm("warn", failing == 1 ? "The latest sync with one peer failed." : $"The latest syncs with {failing} peers failed.", $"{DashboardRoutes.Root}#peers", "Peers")];
    }

    private static IEnumerable<Alarm> OfConflicts(Reading<ConflictSummary> summary)
    {
        if (summary.Fault is { } fault)
            yield return new Alarm("warn", $"Conflicts cannot be seen: {fault}", DashboardRoutes.Conflicts, "Conflicts");
        else if (summary.Value!.Open > 0)
            yield return new Alarm("warn", $"{Show.Count(summary.Value.Open, "conflict waits", "conflicts wait")} for a decision.", $"{DashboardRoutes.Conflicts}?state=open", "Decide");
    }
}
