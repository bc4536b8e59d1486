using System.CommandLine;
using Causality.Contracts.Http.Control;

namespace Causality.Standalone.Commands.Conflicts;

/// <summary><c>causality conflicts undo</c>.</summary>
internal static class UndoCommand
{
    public static Command Create(CommonOptions common, ConflictFilter filter)
    {
        var subjects = new Argument<string[]>("ID") { Description = "Entry ids.", Arity = ArgumentArity.OneOrMore };
        var by = DecideCommand.ByOption();
        var reason = new Option<string?>("--reason") { Description = "Why, for the ledger." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tell what would change." };
        return common.Command("undo", "Put the decision before the one in force back into force; undoing twice restores it. Example: causality conflicts undo invoice-17", async (parsed, client, cancellationToken) =>
        {
            var outcomes = new List<ConflictDecisionOutcome>();
            foreach (var batch in parsed.GetValue(subjects)!.Chunk(ConflictRoutes.MaxSubjects))
            {
                outcomes.AddRange((await client.UndoAsync(new UndoConflicts
                {
                    Kind = parsed.GetValue(filter.Kind),
                    Subjects = batch,
                    By = parsed.GetValue(by)!,
                    Reason = parsed.GetValue(reason),
                    DryRun = parsed.GetValue(dryRun),
                }, cancellationToken)).Conflicts);
            }

            return ConflictOutput.PrintOutcomes(parsed.GetValue(common.Json), parsed.GetValue(dryRun), outcomes);
        }, common.ConflictsUrl, subjects, by, reason, dryRun, filter.Kind);
    }
}
