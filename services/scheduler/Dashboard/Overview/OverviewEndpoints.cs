using System.Globalization;
using Causality.Contracts;
using Causality.Scheduler.Background;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;

namespace Causality.Scheduler.Dashboard.Overview;

/// <summary>The overview and what can be done from it.</summary>
internal static class OverviewEndpoints
{
    public static void MapOverview(this DashboardDoors doors)
    {
        doors.Read.MapGet(DashboardRoutes.Root, ShowAsync);
        doors.Operate.MapPost(DashboardRoutes.SyncAll, SyncAllAsync);
        doors.Operate.MapPost(DashboardRoutes.StopSchedule, (SchedulerSwitch scheduler, CancellationToken cancellationToken) => SwitchAsync(scheduler, false, cancellationToken));
        doors.Operate.MapPost(DashboardRoutes.StartSchedule, (SchedulerSwitch scheduler, CancellationToken cancellationToken) => SwitchAsync(scheduler, true, cancellationToken));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Viewer viewer, OverviewReader reader, CausalityDbContext database)
    {
        var page = int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1;
        return new PageResult<OverviewPage>(viewer.Frame(context), await reader.ReadAsync(context, database, page, context.RequestAborted));
    }

    private static async Task<IResult> SyncAllAsync(HttpContext context, SyncRequests requests)
    {
        await requests.RequestAsync(new SyncRequested { RequestedBy = context.ViewerName() }, context.RequestAborted);
        return Redirects.After(DashboardRoutes.Root, "sync-all");
    }

    private static async Task<IResult> SwitchAsync(SchedulerSwitch scheduler, bool run, CancellationToken cancellationToken)
    {
        await scheduler.SetAsync(run, cancellationToken);
        return Redirects.After(DashboardRoutes.Root, run ? "started" : "stopped");
    }
}
