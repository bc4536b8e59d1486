using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Resolving;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Protocol.Server;
using Causality.ServiceDefaults.Control;

namespace Causality.ConflictResolver.Api;

/// <summary>Deciding and undoing, by people.</summary>
internal static class DecisionEndpoints
{
    private const int MaxBodyBytes = 1024 * 1024;

    public static void MapDecisions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(ConflictRoutes.Decide, DecideAsync).NeedsRole(ControlPolicies.Operate);
        routes.MapPost(ConflictRoutes.Undo, UndoAsync).NeedsRole(ControlPolicies.Operate);
    }

    private static async Task DecideAsync(HttpContext context, ConflictDesk desk)
    {
        var request = await RequestBody.ReadJsonAsync<DecideConflicts>(context, MaxBodyBytes);
        ConflictValues.Check(request.Subjects, request.ExpectedVersions, request.By, request.Reason);
        var kind = ConflictValues.Kind(request.Kind, "kind");
        if (request.WinnerHash is null == request.Strategy is null)
            throw ConflictValues.OutOfRange("winner_hash", "Give either winner_hash, the version to show, or strategy, by which to choose.");

        var decide = request.WinnerHash is { } hash ? ByHash(request, hash) : ByStrategy(request, request.Strategy!);
        var outcomes = await GuardAsync(desk.DecideAsync(kind, request.Subjects, _ => Task.FromResult(decide), request.ExpectedVersions, request.DryRun, context.RequestAborted));
        await AnswerAsync(context, request.DryRun, outcomes, "no-such-version");
    }

    private static async Task UndoAsync(HttpContext context, ConflictDesk desk)
    {
        var request = await RequestBody.ReadJsonAsync<UndoConflicts>(context, MaxBodyBytes);
        ConflictValues.Check(request.Subjects, request.ExpectedVersions, request.By, request.Reason);
        var kind = ConflictValues.Kind(request.Kind, "kind");
        var outcomes = await GuardAsync(desk.DecideAsync(kind, request.Subjects, async database =>
        {
            var history = await LedgerQueries.HistoryAsync(database, kind, request.Subjects, context.RequestAborted);
            return conflict => history[conflict.Subject].FirstOrDefault() is { } earlier ? Decisions.Again(conflict, earlier, request.By, request.Reason) : null;
        }, request.ExpectedVersions, request.DryRun, context.RequestAborted));
        await AnswerAsync(context, request.DryRun, outcomes, "nothing-to-undo");
    }

    private static async Task<IReadOnlyList<DeskOutcome>> GuardAsync(Task<IReadOnlyList<DeskOutcome>> deciding)
    {
        try
        {
            return await deciding;
        }
        catch (StaleDecisionException stale)
        {
            throw ConflictValues.Changed(stale);
        }
    }

    private static Func<ConflictFile, Verdict?> ByHash(DecideConflicts request, string hash)
    {
        if (request.Subjects.Count != 1)
            throw ConflictValues.OutOfRange("winner_hash", "winner_hash decides one conflict; give strategy to decide several.");
        var wanted = RequestValues.Hash(hash, "winner_hash").ToString();
        return conflict => Decisions.ByHash(conflict, wanted, Decider.Person, request.By, request.Reason);
    }

    private static Func<ConflictFile, Verdict?> ByStrategy(DecideConflicts request, string name)
    {
        var strategy = StrategyNames.Parse(name) ?? throw ConflictValues.OutOfRange("strategy", $"strategy is one of {string.Join(", ", StrategyNames.BuiltIn.Select(StrategyNames.Of))}.");
        return conflict => Decisions.ByStrategy(conflict, strategy, request.By, request.Reason);
    }

    private static Task AnswerAsync(HttpContext context, bool dryRun, IReadOnlyList<DeskOutcome> outcomes, string without) => ConflictEndpoints.AnswerAsync(context, new ConflictDecisionsAnswer
    {
        DryRun = dryRun,
        Conflicts =
        [
            .. outcomes.Select(outcome => new ConflictDecisionOutcome
            {
                Subject = outcome.Subject,
                Outcome = outcome.Before is null ? "unknown" : outcome.Verdict is null ? without : outcome.Changed ? "decided" : "unchanged",
                Before = outcome.Before?.WinnerHash,
                After = outcome.Verdict?.Winner,
                Version = outcome.Before?.Version,
            }),
        ],
    });
}
