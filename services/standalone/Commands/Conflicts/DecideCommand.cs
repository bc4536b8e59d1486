using System.CommandLine;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Client;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands.Conflicts;

/// <summary><c>causality conflicts decide</c>.</summary>
internal static class DecideCommand
{
    public static Command Create(CommonOptions common, ConflictFilter filter)
    {
        var subjects = new Argument<string[]>("ID") { Description = "Entry ids.", Arity = ArgumentArity.ZeroOrMore };
        var winner = new Option<string?>("--winner") { Description = "Hash of the version to show, for one id; 'conflicts show' prints them." };
        var strategy = new Option<string?>("--strategy") { Description = "Choose by latest-wins, remote-wins or local-wins." };
        var by = ByOption();
        var reason = new Option<string?>("--reason") { Description = "Why, for the ledger." };
        var all = new Option<bool>("--all") { Description = "Every conflict that the filters leave, instead of ids." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tell what would change." };
        var yes = new Option<bool>("--yes") { Description = "Do it: --all asks for this, or for --dry-run." };
        return common.Command("decide", "Decide conflicts; nothing is lost, and 'undo' takes it back. Example: causality conflicts decide invoice-17 --strategy latest-wins --dry-run", async (parsed, client, cancellationToken) =>
        {
            if (parsed.GetValue(all) && !parsed.GetValue(yes) && !parsed.GetValue(dryRun))
                throw new InputException("--all decides many conflicts at once: look first with --dry-run, then give --yes.");
            var outcomes = new List<ConflictDecisionOutcome>();
            foreach (var batch in (await SubjectsAsync(parsed, client, filter, subjects, all, cancellationToken)).Chunk(ConflictRoutes.MaxSubjects))
            {
                outcomes.AddRange((await client.DecideAsync(new DecideConflicts
                {
                    Kind = parsed.GetValue(filter.Kind),
                    Subjects = batch,
                    WinnerHash = parsed.GetValue(winner),
                    Strategy = parsed.GetValue(strategy),
                    By = parsed.GetValue(by)!,
                    Reason = parsed.GetValue(reason),
                    DryRun = parsed.GetValue(dryRun),
                }, cancellationToken)).Conflicts);
            }

            return ConflictOutput.PrintOutcomes(parsed.GetValue(common.Json), parsed.GetValue(dryRun), outcomes);
        }, [common.ConflictsUrl, subjects, winner, strategy, by, reason, all, dryRun, yes, .. filter.Filters]);
    }

    /// <summary>Who decides, unless told: the person at the keyboard.</summary>
    internal static Option<string> ByOption() => new("--by") { Description = "Who decides, for the ledger. Default: your user name.", DefaultValueFactory = _ => Environment.UserName is { Length: > 0 } name ? name : "somebody" };

    private static async Task<IReadOnlyList<string>> SubjectsAsync(
        ParseResult parsed, OperatorClient client, ConflictFilter filter, Argument<string[]> subjects, Option<bool> all, CancellationToken cancellationToken)
    {
        var named = parsed.GetValue(subjects) ?? [];
        if (named.Length > 0 == parsed.GetValue(all))
            throw new InputException("Name the conflicts by their ids, or give --all with filters such as --peer and --state.");
        if (named.Length > 0)
            return named;

        var found = new List<string>();
        var kind = parsed.GetValue(filter.Kind) ?? "id";
        for (long? after = 0; after is { } cursor;)
        {
            var page = await client.ConflictsAsync(filter.Query(parsed, ("order", "oldest"), ("limit", "1000"), ("after", cursor.ToString(System.Globalization.CultureInfo.InvariantCulture))), cancellationToken);
            found.AddRange(page.Conflicts.Where(conflict => conflict.Kind == kind).Select(conflict => conflict.Subject));
            after = page.Next;
        }

        return found;
    }
}
