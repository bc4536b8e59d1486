using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Client;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands.Plans;

/// <summary><c>causality sync PEER --plan</c> and <c>--explain</c>: ask, wait for the answer, show it with the first segments of its list.</summary>
internal static class PlanCommand
{
    /// <param name="client">The operator.</param>
    /// <param name="peer">The peer; required.</param>
    /// <param name="kind">One of <see cref="PlanKinds"/>.</param>
    /// <param name="overrides">Settings of the sync that is asked about; null for the usual ones.</param>
    /// <param name="limit">Most segments to show; 0 for none.</param>
    /// <param name="json">Print JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Success when the question has its answer: a sync that would stop, or logs that differ, are answers.</returns>
    public static async Task<int> RunAsync(OperatorClient client, string? peer, string kind, SyncOverrides? overrides, int limit, bool json, CancellationToken cancellationToken)
    {
        if (peer is null)
            throw new InputException($"Name the peer: causality sync PEER --{(kind == PlanKinds.Plan ? "plan" : "explain")}.");
        if (limit < 0)
            throw new InputException($"--limit is {limit}; it must be 0 or more.");

        var plan = await client.AskForPlanAsync(peer, kind, overrides, cancellationToken);
        var pace = new AnswerPace(TimeProvider.System);
        while (plan.State == PlanStates.Running)
        {
            await pace.WaitAsync(cancellationToken);
            plan = await client.PlanAsync(plan.PlanId, cancellationToken);
        }

        var (segments, isCut) = await SegmentsAsync(client, plan.PlanId, limit, cancellationToken);
        Output.Print(json, new { plan, segments, more = isCut }, () => PlanOutput.Print(plan, segments, isCut));
        return plan.State == PlanStates.Done ? Failures.Success : Failures.Failed;
    }

    private static async Task<(List<SyncPlanSegment> Segments, bool IsCut)> SegmentsAsync(OperatorClient client, Guid planId, int limit, CancellationToken cancellationToken)
    {
        var (segments, after) = (new List<SyncPlanSegment>(), (string?)null);
        while (segments.Count < limit)
        {
            var page = await client.PlanSegmentsAsync(planId, after, Math.Min(limit - segments.Count, 1_000), cancellationToken);
            segments.AddRange(page.Segments);
            after = page.Next;
            if (after is null)
                return (segments, false);
        }

        return (segments, limit > 0);
    }
}
