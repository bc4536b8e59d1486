using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>Decisions of many conflicts: chosen in the inbox, previewed, applied as previewed or not at all.</summary>
internal static class BulkPages
{
    private const int MostReason = 1_024;

    public static void MapBulkPages(this DashboardDoors doors)
    {
        doors.Operate.MapPost(DashboardRoutes.Preview, PreviewAsync);
        doors.Operate.MapPost(DashboardRoutes.Apply, ApplyAsync);
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, Viewer viewer, ConflictClient client, BulkDecisions bulk)
    {
        var form = await PostedForm.ReadAsync(context);
        var action = form.Text("action") ?? "";
        var kind = form.Text("kind") == "timestamp" ? "timestamp" : "id";
        var subjects = await ChosenAsync(context, client, form, kind);
        if (subjects.Value is not { Count: > 0 } chosen || BulkPlan.Actions.All(known => known.Name != action))
            return Failed(viewer, context, subjects.Fault ?? (subjects.Value is { Count: > 0 } ? "Choose what to do with the conflicts." : "No conflict was chosen."), StatusCodes.Status400BadRequest);

        var plan = new BulkPlan(kind, action, chosen, [], form.Text("reason") is { } reason ? reason[..Math.Min(reason.Length, MostReason)] : null);
        return await ShowAsync(context, viewer, bulk, plan, null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> ApplyAsync(HttpContext context, Viewer viewer, BulkDecisions bulk)
    {
        var form = await PostedForm.ReadAsync(context);
        if (BulkPlan.Read(form.Raw("plan")) is not { } plan)
            return Failed(viewer, context, "The preview did not come with the form; choose the conflicts again.", StatusCodes.Status400BadRequest);

        var answer = await bulk.ApplyAsync(context, plan, context.RequestAborted);
        if (answer.Value is not null)
            return Redirects.After(DashboardRoutes.Conflicts + (plan.Kind == "id" ? "" : "?kind=timestamp"), "applied");
        if (answer.Status != StatusCodes.Status409Conflict)
            return Failed(viewer, context, $"Nothing was done: {answer.Fault}", answer.Status is 0 or >= 500 ? StatusCodes.Status502BadGateway : answer.Status);
        return await ShowAsync(context, viewer, bulk, plan, new Notice($"Nothing was done: {answer.Fault} This is how it stands now.", IsFailure: true), StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Viewer viewer, BulkDecisions bulk, BulkPlan plan, Notice? notice, int status)
    {
        var preview = await bulk.PreviewAsync(context, plan, context.RequestAborted);
        return preview.Value is { } model
            ? new PageResult<PreviewPage>(viewer.Frame(context, notice), model, status)
            : Failed(viewer, context, preview.Fault!, preview.Status is >= 400 and < 500 ? preview.Status : StatusCodes.Status502BadGateway);
    }

    // Those that are ticked; or all that the filter finds, as many as one decision takes.
    private static async Task<Reading<IReadOnlyList<string>>> ChosenAsync(HttpContext context, ConflictClient client, PostedForm form, string kind)
    {
        if (form.Text("scope") != "all")
            return Reading<IReadOnlyList<string>>.Of([.. form.All("subject").Distinct(StringComparer.Ordinal).Take(ConflictRoutes.MaxSubjects)]);

        var filter = new ConflictFilter { Kind = kind, State = form.Text("state"), Peer = form.Text("peer"), EntryType = form.Text("entry_type"), Strategy = form.Text("strategy"), TraceId = form.Text("trace_id") };
        var page = await client.ListAsync(context, filter.ToQuery(ConflictRoutes.MaxSubjects), context.RequestAborted);
        return page.Value is { } found ? Reading<IReadOnlyList<string>>.Of([.. found.Conflicts.Select(conflict => conflict.Subject)]) : Reading<IReadOnlyList<string>>.Failed(page.Fault!, page.Status);
    }

    private static PageResult<UnreadablePage> Failed(Viewer viewer, HttpContext context, string text, int status) => new(viewer.Frame(context), text, status);
}
