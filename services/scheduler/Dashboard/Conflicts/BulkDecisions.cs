using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>Previews and applies a decision of many conflicts through the control API. The ledger itself refuses to apply what is not as it was previewed.</summary>
internal sealed class BulkDecisions(ConflictClient client)
{
    /// <summary>What the plan would change.</summary>
    public async Task<Reading<PreviewModel>> PreviewAsync(HttpContext viewer, BulkPlan plan, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(viewer, plan, null, dryRun: true, cancellationToken);
        if (answer.Value is not { } outcomes)
            return Reading<PreviewModel>.Failed(answer.Fault!, answer.Status);

        var changes = outcomes.Conflicts.Where(outcome => outcome is { Outcome: "decided", Version: not null }).ToList();
        var sure = plan with { Subjects = changes.ConvertAll(change => change.Subject), Versions = changes.ConvertAll(change => change.Version!.Value) };
        return Reading<PreviewModel>.Of(new PreviewModel(sure, changes, [.. outcomes.Conflicts.Except(changes)]));
    }

    /// <summary>Applies what was previewed; 409 when anything has changed since, and then nothing is done.</summary>
    public Task<Reading<ConflictDecisionsAnswer>> ApplyAsync(HttpContext viewer, BulkPlan plan, CancellationToken cancellationToken) => SendAsync(viewer, plan, plan.Versions, dryRun: false, cancellationToken);

    private Task<Reading<ConflictDecisionsAnswer>> SendAsync(HttpContext viewer, BulkPlan plan, IReadOnlyList<long>? versions, bool dryRun, CancellationToken cancellationToken)
    {
        var by = viewer.ViewerName();
        return plan.IsUndo
            ? client.UndoAsync(viewer, new UndoConflicts { Kind = plan.Kind, Subjects = plan.Subjects, By = by, Reason = plan.Reason, ExpectedVersions = versions, DryRun = dryRun }, cancellationToken)
            : client.DecideAsync(viewer, new DecideConflicts { Kind = plan.Kind, Subjects = plan.Subjects, Strategy = plan.Action, By = by, Reason = plan.Reason, ExpectedVersions = versions, DryRun = dryRun }, cancellationToken);
    }
}
