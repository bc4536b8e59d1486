using System.Globalization;
using Causality.Contracts;
using Causality.Scheduler.Api;
using Causality.Scheduler.Background;
using Causality.Scheduler.Dashboard.Overview;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Scheduler.Peers;
using Causality.Scheduler.StateMachines;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.Scheduler.Dashboard.Peers;

/// <summary>A peer's page and what can be done with a peer.</summary>
internal static class PeerPages
{
    public static void MapPeerPages(this DashboardDoors doors)
    {
        doors.Read.MapGet(DashboardRoutes.Peer, ShowAsync);
        doors.Operate.MapPost(DashboardRoutes.SyncPeer, SyncAsync);
        doors.Operate.MapPost(DashboardRoutes.PausePeer, (string peerId, PeerCatalog peers, CancellationToken cancellationToken) => SwitchAsync(peerId, false, peers, cancellationToken));
        doors.Operate.MapPost(DashboardRoutes.ResumePeer, (string peerId, PeerCatalog peers, CancellationToken cancellationToken) => SwitchAsync(peerId, true, peers, cancellationToken));
        doors.Operate.MapGet(DashboardRoutes.RemovePeer, AskAsync);
        doors.Operate.MapPost(DashboardRoutes.RemovePeer, RemoveAsync);
    }

    private static async Task<IResult> ShowAsync(string peerId, HttpContext context, Viewer viewer, OverviewReader overview, CausalityDbContext database) =>
        await PageAsync(peerId, context, viewer, overview, database, null, StatusCodes.Status200OK);

    private static async Task<IResult> PageAsync(string peerId, HttpContext context, Viewer viewer, OverviewReader overview, CausalityDbContext database, Notice? notice, int status)
    {
        var peer = await PeerCatalog.FindAsync(database, peerId, context.RequestAborted);
        if (peer is null)
            return Missing.Peer(viewer.Frame(context), peerId);

        var frame = viewer.Frame(context, notice);
        var before = long.TryParse(context.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : (long?)null;
        var latest = await SyncRuns.ReadAsync(database, peerId, null, PeerPageModel.RunsPerPage, context.RequestAborted);
        var history = before is null ? latest : await SyncRuns.ReadAsync(database, peerId, before, PeerPageModel.RunsPerPage, context.RequestAborted);
        var running = await database.Set<SyncState>().AsNoTracking().FirstOrDefaultAsync(sync => sync.PeerId == peerId && sync.Active, context.RequestAborted);
        return new PageResult<PeerPage>(frame, new PeerPageModel
        {
            Row = overview.RowOf(peer, latest, await SchedulerSwitch.IsRunningAsync(database, context.RequestAborted), frame.Now),
            Running = running is null ? null : RunningSync.Of(running, frame.Now),
            History = history,
            Next = history.Count == PeerPageModel.RunsPerPage ? history[^1].StartedAt : null,
        }, status);
    }

    private static async Task<IResult> SyncAsync(string peerId, HttpContext context, Viewer viewer, OverviewReader overview, CausalityDbContext database, SyncRequests requests)
    {
        var admitted = await requests.RequestAsync(new SyncRequested { PeerId = peerId, RequestedBy = context.ViewerName() }, context.RequestAborted);
        if (admitted is [{ Outcome: AdmissionOutcome.Rejected } rejected])
        {
            if (rejected.Reason == SyncReasons.Coalesced)
                return Redirects.After(DashboardRoutes.ToPeer(peerId), "sync-waiting");
            return await PageAsync(peerId, context, viewer, overview, database, new Notice($"No sync was begun: {rejected.Detail}", IsFailure: true), ControlProblems.Rejected(rejected).Status);
        }

        return Redirects.After(DashboardRoutes.ToPeer(peerId), admitted is [{ Outcome: AdmissionOutcome.Waiting }] ? "sync-waiting" : "sync");
    }

    private static async Task<IResult> SwitchAsync(string peerId, bool enabled, PeerCatalog peers, CancellationToken cancellationToken) =>
        await peers.SetEnabledAsync(peerId, enabled, cancellationToken) ? Redirects.After(DashboardRoutes.ToPeer(peerId), enabled ? "resumed" : "paused") : throw ControlProblems.UnknownPeer(peerId);

    // Asked on a page of its own, so that it is asked without scripts as well.
    private static async Task<IResult> AskAsync(string peerId, HttpContext context, Viewer viewer, CausalityDbContext database) =>
        await PeerCatalog.FindAsync(database, peerId, context.RequestAborted) is { } peer ? new PageResult<RemovePeerPage>(viewer.Frame(context), peer) : Missing.Peer(viewer.Frame(context), peerId);

    private static async Task<IResult> RemoveAsync(string peerId, PeerCatalog peers, CancellationToken cancellationToken) =>
        await peers.RemoveAsync(peerId, cancellationToken) ? Redirects.After(DashboardRoutes.Root, "removed") : throw ControlProblems.UnknownPeer(peerId);
}
