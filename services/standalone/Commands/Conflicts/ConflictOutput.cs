using System.Globalization;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Scheduler.Dashboard.Rendering;
using Spectre.Console;

namespace Causality.Standalone.Commands.Conflicts;

/// <summary>Prints conflicts for people. What comes from entries is shortened and made printable: peers write it.</summary>
internal static class ConflictOutput
{
    public static void PrintPage(ConflictPage page, ConflictSummary summary)
    {
        var table = new Table().AddColumns("Conflict", "State", "Shown", "By", "Peer", "Versions", "Since");
        foreach (var conflict in page.Conflicts)
        {
            table.AddRow(
                Cell(conflict.Subject), conflict.State, conflict.WinnerHash[..12], Cell(conflict.DecidedBy is null ? conflict.Strategy : $"{conflict.Strategy}: {conflict.DecidedBy}"),
                Cell(conflict.PeerId ?? "-"), Output.Number(conflict.Versions), Moment(conflict.FoundAt));
        }

        Terminal.Output.Write(table);
        Console.WriteLine($"{Output.Number(summary.Open)} open, {Output.Number(summary.Decided)} decided{(page.Next is { } next ? $"; go on with --after {next.ToString(CultureInfo.InvariantCulture)}" : "")}");
    }

    public static void PrintDetails(ConflictDetails details)
    {
        var conflict = details.Conflict;
        Console.WriteLine($"{Printable.Shorten(conflict.Subject)}: {conflict.State}, decided by {conflict.Strategy} ({conflict.Decider}{(conflict.DecidedBy is { } by ? $" {Printable.Shorten(by)}" : "")}), {Moment(conflict.DecidedAt)}");
        if (conflict.Reason is { } reason)
            Console.WriteLine($"Reason: {Printable.Shorten(reason)}");
        foreach (var version in details.Versions)
        {
            var (entry, shown) = (version.Version, version.Version.EntryHash == conflict.WinnerHash);
            var choosers = details.Choices.Where(choice => choice.WinnerHash == entry.EntryHash).Select(choice => choice.Strategy).ToList();
            Console.WriteLine($"{(shown ? "* shown " : "        ")}{entry.EntryHash}");
            Console.WriteLine($"        {Moment(DateTimeOffset.FromUnixTimeMilliseconds(entry.Timestamp))} {entry.EntryType}, {(entry.PeerId is { } peer ? $"brought by {peer}" : "our own")}, written by {entry.Origin} in {entry.SegmentId}{(choosers.Count > 0 ? $"; choice of {string.Join(", ", choosers)}" : "")}");
            if (version.Line is { } line)
                Console.WriteLine($"        {Printable.Shorten(line)}");
        }

        if (details.Differences.Count > 0)
            Console.WriteLine($"The two latest differ in {string.Join(", ", details.Differences.Select(path => Printable.Shorten(path)))}");
        foreach (var decision in details.History)
            Console.WriteLine($"Before: decision {decision.Number}, {decision.WinnerHash[..12]} by {decision.Strategy}{(decision.DecidedBy is { } decider ? $" ({Printable.Shorten(decider)})" : "")}, {Moment(decision.DecidedAt)} to {Moment(decision.SupersededAt)}");
    }

    public static void PrintReport(ConflictReport report)
    {
        Console.WriteLine(Show.Count(report.Conflicts, "conflict"));
        var table = new Table().AddColumns("What", "Name", "Conflicts");
        foreach (var (what, counts) in new[] { ("operators", report.Origins), ("collide with each other", report.Pairs), ("brought by", report.Peers), ("entry type", report.EntryTypes), ("segment", report.Segments) })
        {
            foreach (var count in counts)
                table.AddRow(what, Cell(count.Name), Output.Number(count.Conflicts));
        }

        Terminal.Output.Write(table);
    }

    /// <returns>Exit code: 0 when every conflict was, or would be, decided.</returns>
    public static int PrintOutcomes(bool json, bool dryRun, IReadOnlyList<ConflictDecisionOutcome> outcomes)
    {
        Output.Print(json, new ConflictDecisionsAnswer { DryRun = dryRun, Conflicts = outcomes }, () =>
        {
            foreach (var outcome in outcomes)
                Console.WriteLine($"{Printable.Shorten(outcome.Subject)}: {(dryRun && outcome.Outcome == "decided" ? "would be decided" : outcome.Outcome)}{(outcome.After is { } after ? $", {outcome.Before?[..12]} -> {after[..12]}" : "")}");
        });
        return outcomes.All(outcome => outcome.Outcome is "decided" or "unchanged") ? Failures.Success : Failures.Failed;
    }

    private static string Cell(string text) => Markup.Escape(Printable.Shorten(text));

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
