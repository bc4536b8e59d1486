using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Queues;

/// <summary>The page of the queues.</summary>
internal static class QueuePages
{
    public static void MapQueuePages(this DashboardDoors doors) => doors.Read.MapGet(DashboardRoutes.Queues, ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, Viewer viewer, QueueReader queues) =>
        new PageResult<QueuesPage>(viewer.Frame(context), await queues.ReadAsync(context.RequestAborted));
}
