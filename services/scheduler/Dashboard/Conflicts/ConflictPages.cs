using System.Globalization;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>The inbox, one conflict, and its decision.</summary>
internal static class ConflictPages
{
    public static void MapConflictPages(this DashboardDoors doors)
    {
        doors.Read.MapGet(DashboardRoutes.Conflicts, InboxAsync);
        doors.Read.MapGet(DashboardRoutes.Conflict, ShowAsync);
        doors.Read.MapGet(DashboardRoutes.ConflictEntry, EntryAsync);
        doors.Operate.MapPost(DashboardRoutes.DecideConflict, DecideAsync);
        doors.Operate.MapPost(DashboardRoutes.UndoConflict, UndoAsync);
        doors.MapBulkPages();
    }

    private static async Task<IResult> InboxAsync(HttpContext context, Viewer viewer, ConflictClient client)
    {
        var filter = ConflictFilter.Of(context.Request.Query);
        var page = client.ListAsync(context, filter.ToQuery(ConflictFilter.PageSize), context.RequestAborted);
        return new PageResult<InboxPage>(viewer.Frame(context), new InboxModel(filter, await client.SummaryAsync(context, context.RequestAborted), await page));
    }

    private static Task<IResult> ShowAsync(HttpContext context, Viewer viewer, ConflictClient client) =>
        PageAsync(context, viewer, client, context.Request.Query["kind"].ToString(), context.Request.Query["subject"].ToString(), null, StatusCodes.Status200OK);

    private static async Task<IResult> PageAsync(HttpContext context, Viewer viewer, ConflictClient client, string kind, string subject, Notice? notice, int status)
    {
        var details = await client.DetailsAsync(context, kind, subject, context.RequestAborted);
        if (details.Value is not { } found)
            return new PageResult<UnreadablePage>(viewer.Frame(context, notice), details.Fault!, details.Status is >= 400 and < 500 ? details.Status : StatusCodes.Status502BadGateway);

        var members = found.Versions is [{ Line: { } one }, { Line: { } other }, ..] ? MemberTable.Make(one, other) : [];
        return new PageResult<ConflictPageView>(viewer.Frame(context, notice), new ConflictModel(found, members), status);
    }

    private static async Task<IResult> DecideAsync(HttpContext context, Viewer viewer, ConflictClient client)
    {
        var form = await PostedForm.ReadAsync(context);
        var (kind, subject) = (form.Raw("kind") ?? "id", form.Raw("subject") ?? "");
        var answer = await client.DecideAsync(context, new DecideConflicts
        {
            Kind = kind,
            Subjects = [subject],
            WinnerHash = form.Text("winner"),
            By = context.ViewerName(),
            Reason = form.Text("reason"),
            ExpectedVersions = VersionsOf(form),
        }, context.RequestAborted);
        return await AfterAsync(context, viewer, client, kind, subject, answer, "decided");
    }

    private static async Task<IResult> UndoAsync(HttpContext context, Viewer viewer, ConflictClient client)
    {
        var form = await PostedForm.ReadAsync(context);
        var (kind, subject) = (form.Raw("kind") ?? "id", form.Raw("subject") ?? "");
        var answer = await client.UndoAsync(context, new UndoConflicts
        {
            Kind = kind,
            Subjects = [subject],
            By = context.ViewerName(),
            Reason = form.Text("reason"),
            ExpectedVersions = VersionsOf(form),
        }, context.RequestAborted);
        return await AfterAsync(context, viewer, client, kind, subject, answer, "undone");
    }

    // What a person decides is what the page showed: a version that came in meanwhile is looked at first.
    private static long[]? VersionsOf(PostedForm form) => long.TryParse(form.Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? [version] : null;

    private static async Task<IResult> AfterAsync(HttpContext context, Viewer viewer, ConflictClient client, string kind, string subject, Reading<ConflictDecisionsAnswer> answer, string done)
    {
        if (answer.Value is not { } decided)
            return await PageAsync(context, viewer, client, kind, subject, new Notice($"Nothing was done: {answer.Fault}", IsFailure: true), answer.Status is 0 or >= 500 ? StatusCodes.Status502BadGateway : answer.Status);
        var outcome = decided.Conflicts.Count > 0 ? decided.Conflicts[0].Outcome : "unknown";
        return outcome switch
        {
            "decided" => Redirects.After(DashboardRoutes.ToConflict(kind, subject), done),
            "unchanged" => Redirects.After(DashboardRoutes.ToConflict(kind, subject), "unchanged"),
            _ => await PageAsync(context, viewer, client, kind, subject, new Notice($"Nothing was done: {outcome.Replace('-', ' ')}.", IsFailure: true), StatusCodes.Status409Conflict),
        };
    }

    // As plain text and never as what it says it is: an entry is a stranger's words.
    private static async Task EntryAsync(HttpContext context, Viewer viewer, ConflictClient client)
    {
        var entry = await client.EntryAsync(context, context.Request.Query["hash"].ToString(), context.RequestAborted);
        if (entry.Value is not { } answer)
        {
            await new PageResult<UnreadablePage>(viewer.Frame(context), entry.Fault!, entry.Status is >= 400 and < 500 ? entry.Status : StatusCodes.Status502BadGateway).ExecuteAsync(context);
            return;
        }

        using (answer)
        {
            PageHeaders.Set(context.Response);
            context.Response.ContentType = "text/plain; charset=utf-8";
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
