using Causality.Contracts.Http.Control;
using Causality.Scheduler.Background;
using Causality.Scheduler.Dashboard.Conflicts;
using Causality.Scheduler.Dashboard.Throughput;
using Causality.Scheduler.Options;
using Causality.Scheduler.Peers;
using Causality.Scheduler.StateMachines;
using Causality.Storage.Database;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>Reads the overview.</summary>
internal sealed class OverviewReader(IOptions<SyncOptions> options, AlarmReader alarms, ConflictClient conflicts, FigureReader figures, TimeProvider time)
{
    private const int RunsOfStrip = 24;
    private const int OverdueIntervals = 5;

    public async Task<OverviewModel> ReadAsync(HttpContext viewer, CausalityDbContext database, int page, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var summary = conflicts.SummaryAsync(viewer, cancellationToken);
        var lastHour = figures.ReadAsync(FigureWindow.All[0], cancellationToken);
        var scheduleRunning = await SchedulerSwitch.IsRunningAsync(database, cancellationToken);
        var peers = database.Set<PeerRecord>().AsNoTracking();
        var count = await peers.CountAsync(cancellationToken);
        page = Math.Clamp(page, 1, Math.Max(1, (count + OverviewModel.PeersPerPage - 1) / OverviewModel.PeersPerPage));
        var shown = await peers.OrderBy(peer => peer.Id).Skip((page - 1) * OverviewModel.PeersPerPage).Take(OverviewModel.PeersPerPage).ToListAsync(cancellationToken);
        var rows = new List<PeerRow>();
        foreach (var peer in shown)
            rows.Add(RowOf(PeerInfos.ToInfo(peer), await SyncRuns.ReadAsync(database, peer.Id, null, RunsOfStrip, cancellationToken), scheduleRunning, now));

        var active = database.Set<SyncState>().AsNoTracking().Where(sync => sync.Active);
        var running = await active.OrderBy(sync => sync.StartedAt).Take(OverviewModel.PeersPerPage).ToListAsync(cancellationToken);
        return new OverviewModel
        {
            Alarms = await alarms.ReadAsync(await summary, database, scheduleRunning, cancellationToken),
            ScheduleRunning = scheduleRunning,
            Peers = rows,
            Conflicts = await summary,
            LastHour = await lastHour,
            PeerCount = count,
            Page = page,
            Running = running.ConvertAll(sync => RunningSync.Of(sync, now)),
            RunningCount = running.Count < OverviewModel.PeersPerPage ? running.Count : await active.CountAsync(cancellationToken),
        };
    }

    public PeerRow RowOf(PeerInfo peer, IReadOnlyList<SyncRun> runs, bool scheduleRunning, DateTimeOffset now)
    {
        var interval = peer.Overrides?.SyncIntervalMs is { } own ? TimeSpan.FromMilliseconds(own) : options.Value.SyncInterval;
        var isOverdue = options.Value.Scheduled && peer.Enabled && peer.LastSync is { } last && now - last > OverdueIntervals * interval;
        var whyNone = !peer.Enabled ? "paused" : !options.Value.Scheduled ? "on request only" : !scheduleRunning ? "schedule stopped" : "";
        return new PeerRow(peer, PeerStanding.Of(peer, runs), runs, whyNone.Length == 0 ? peer.NextSync : null, whyNone.Length == 0 ? "not planned" : whyNone, isOverdue);
    }
}
