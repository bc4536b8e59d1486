using System.CommandLine;
using System.Globalization;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Client;

namespace Causality.Standalone.Commands.Conflicts;

/// <summary><c>causality conflicts list|show|decide|undo|export|report</c>.</summary>
internal static class ConflictsCommand
{
    private const string Examples = """

        Examples:
          causality conflicts list --state open
          causality conflicts show invoice-17
          causality conflicts decide invoice-17 --winner 60303ae22b99… --reason "the signed one counts"
          causality conflicts decide --all --peer operator-b --strategy local-wins --dry-run
          causality conflicts undo invoice-17
          causality conflicts export --since 2026-11-01T00:00:00Z > conflicts.jsonl
          causality conflicts report --top 5
        """;

    private static readonly ConflictFilter Filter = new();

    public static Command Create(CommonOptions common) => new("conflicts", "Look at conflicts, decide them, take decisions back." + Examples)
    {
        List(common), Show(common), DecideCommand.Create(common, Filter), UndoCommand.Create(common, Filter), Export(common), Report(common),
    };

    private static Command List(CommonOptions common)
    {
        var limit = new Option<int>("--limit") { Description = $"Most conflicts to print, at most {ConflictRoutes.MaxPage}.", DefaultValueFactory = _ => 100 };
        var after = new Option<long?>("--after") { Description = "Go on after this: the 'next' of the page before (--json)." };
        return common.Command("list", "List conflicts, those that changed last first. Example: causality conflicts list --state open --peer operator-b", async (parsed, client, cancellationToken) =>
        {
            var page = await client.ConflictsAsync(Filter.Query(parsed, ("limit", Text(parsed.GetValue(limit))), ("after", parsed.GetValue(after) is { } cursor ? Text(cursor) : null)), cancellationToken);
            var summary = await client.ConflictSummaryAsync(cancellationToken);
            Output.Print(parsed.GetValue(common.Json), page, () => ConflictOutput.PrintPage(page, summary));
            return Failures.Success;
        }, [common.ConflictsUrl, .. Filter.Filters, limit, after]);
    }

    private static Command Show(CommonOptions common)
    {
        var subject = new Argument<string>("ID") { Description = "The entry id; with --kind timestamp, the timestamp." };
        return common.Command("show", "Show a conflict: its versions, who brought them, what each strategy would choose, its history. Example: causality conflicts show invoice-17", async (parsed, client, cancellationToken) =>
        {
            var details = await client.ConflictAsync(Filter.Query(parsed, ("subject", parsed.GetValue(subject))), cancellationToken);
            Output.Print(parsed.GetValue(common.Json), details, () => ConflictOutput.PrintDetails(details));
            return Failures.Success;
        }, common.ConflictsUrl, subject, Filter.Kind);
    }

    private static Command Export(CommonOptions common) => common.Command("export", "Print the ledger as JSON Lines: one conflict a line with its versions and its history. Example: causality conflicts export > conflicts.jsonl", async (parsed, client, cancellationToken) =>
    {
        await ProgressView.RunWhilePrintingAsync(async progress =>
        {
            using var response = await client.ExportConflictsAsync(Filter.Query(parsed), cancellationToken);
            await using var output = Console.OpenStandardOutput();
            return await PrintedLines.CopyAsync(response, output, "conflicts printed", 0, progress, cancellationToken);
        });
        return Failures.Success;
    }, [common.ConflictsUrl, .. Filter.Filters]);

    private static Command Report(CommonOptions common)
    {
        var top = new Option<int>("--top") { Description = "Most lines of each part, at most 100.", DefaultValueFactory = _ => 10 };
        return common.Command("report", "Tell which operators, entry types and segments collide most. Example: causality conflicts report --since 2026-11-22T00:00:00Z", async (parsed, client, cancellationToken) =>
        {
            var report = await client.ConflictReportAsync(Filter.Query(parsed, ("top", Text(parsed.GetValue(top)))), cancellationToken);
            Output.Print(parsed.GetValue(common.Json), report, () => ConflictOutput.PrintReport(report));
            return Failures.Success;
        }, common.ConflictsUrl, Filter.Since, Filter.Until, top);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
