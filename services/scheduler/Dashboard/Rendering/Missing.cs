namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>Pages about what is not there (any more).</summary>
internal static class Missing
{
    public static IResult Peer(PageFrame frame, string peerId) => Page(frame, $"No peer '{Show.Text(peerId, 64)}' is known here. It may have been removed.");

    public static IResult Sync(PageFrame frame, Guid syncId) => Page(frame, $"No sync {syncId} is known here. History may have forgotten it.");

    private static PageResult<MissingPage> Page(PageFrame frame, string text) => new(frame, text, StatusCodes.Status404NotFound);
}
