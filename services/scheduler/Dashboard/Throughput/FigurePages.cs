using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Throughput;

/// <summary>The page of the charts.</summary>
internal static class FigurePages
{
    public static void MapFigurePages(this DashboardDoors doors) => doors.Read.MapGet(DashboardRoutes.Throughput, ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, Viewer viewer, FigureReader figures) =>
        new PageResult<FiguresPage>(viewer.Frame(context), await figures.ReadAsync(FigureWindow.Of(context.Request.Query["window"]), context.RequestAborted));
}
