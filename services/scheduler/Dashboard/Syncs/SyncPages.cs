using Causality.Scheduler.Api;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Scheduler.Syncs;
using Causality.Storage.Database;

namespace Causality.Scheduler.Dashboard.Syncs;

/// <summary>A sync's page, and its end on request.</summary>
internal static class SyncPages
{
    private const int MostAfter = 256;

    public static void MapSyncPages(this DashboardDoors doors)
    {
        doors.Read.MapGet(DashboardRoutes.Sync, ShowAsync);
        doors.Operate.MapPost(DashboardRoutes.CancelSync, CancelAsync);
    }

    private static async Task<IResult> ShowAsync(Guid syncId, HttpContext context, Viewer viewer, CausalityDbContext database)
    {
        var frame = viewer.Frame(context);
        var after = context.Request.Query["after"].ToString() is { Length: > 0 and <= MostAfter } cursor ? cursor : null;
        return await SyncPageReader.ReadAsync(database, syncId, after, frame.Now, context.RequestAborted) is { } model ? new PageResult<SyncPage>(frame, model) : Missing.Sync(frame, syncId);
    }

    private static async Task<IResult> CancelAsync(Guid syncId, HttpContext context, SyncRequests requests, CausalityDbContext database)
    {
        if (await SyncHistory.FindAsync(database, syncId, context.RequestAborted) is null)
            throw ControlProblems.UnknownSync(syncId);
        await requests.CancelAsync(syncId, $"Cancelled on the dashboard by {context.ViewerName()}.", context.RequestAborted);
        return Redirects.After(DashboardRoutes.ToSync(syncId), "cancelled");
    }
}
