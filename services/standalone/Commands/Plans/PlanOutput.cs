using System.Globalization;
using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Rendering;
using Spectre.Console;

namespace Causality.Standalone.Commands.Plans;

/// <summary>Shows plans and explanations to people.</summary>
internal static class PlanOutput
{
    public static void Print(SyncPlan plan, IReadOnlyList<SyncPlanSegment> segments, bool isCut)
    {
        Console.WriteLine(plan.Kind == PlanKinds.Plan ? $"Plan of a sync with {plan.PeerId}; nothing was moved" : $"The logs of this operator and of {plan.PeerId}: {(plan.Figures switch { null => "not compared", { InSync: true } => "equal", _ => "not equal, and why" })}");
        if (plan.State == PlanStates.Failed)
            Console.WriteLine($"Not compared  {plan.Reason}: {plan.Detail}");
        if (plan.Figures is { } figures)
            Print(plan, figures);
        foreach (var reason in plan.Reasons)
            Console.WriteLine($"{Output.Number(reason.Segments),12} {(reason.Segments == 1 ? "segment " : "segments")}  {reason.Reason}{(reason.Action is { } action ? $": {action.Replace("PEER", plan.PeerId, StringComparison.Ordinal)}" : "")}");
        if (plan is { State: PlanStates.Failed, Action: { } toDo })
            Console.WriteLine($"To do         {toDo}");
        if (plan.Kind == PlanKinds.Explanation)
            PrintSyncs(plan);
        if (segments.Count > 0)
            Terminal.Output.Write(TableOf(segments));
        if (isCut)
            Console.WriteLine($"There may be more: --limit N shows more, --json all that --limit allows.");
    }

    private static void Print(SyncPlan plan, PlanFigures figures)
    {
        Console.WriteLine($"Compared      {Moment(figures.ComparedAt)}, {Show.Count(figures.RoundTrips, "request")}, {Output.Bytes(figures.BytesExchanged)}");
        Console.WriteLine(figures.InSync
            ? $"In sync       both roots were {figures.LocalRoot} at that moment"
            : $"Not in sync   our root is {figures.LocalRoot}, the peer's {figures.RemoteRoot}");
        if (figures.Scope is { } scope)
            Console.WriteLine($"Shared        segments {(scope.Count == 0 ? "none" : string.Join(", ", scope.Select(prefix => prefix + "*")))}: roots and figures are of these");
        Console.WriteLine($"In            {Text(figures.Incoming)}");
        Console.WriteLine($"Out           {Text(figures.Outgoing)}");
        foreach (var leftOut in figures.LeftOut)
            Console.WriteLine($"Left out      {Show.Segments(leftOut.Segments)}, {Show.Entries(leftOut.Entries)}, {Output.Bytes(leftOut.Bytes)}: {leftOut.Reason}");
        if (plan.Kind != PlanKinds.Plan)
            return;
        Console.WriteLine($"Conflicts     {(plan.ConflictsExpected is { } expected ? $"{Output.Number(expected)} expected" : "not counted")}, from {Output.Number(figures.EntriesLookedAt)} of the {Show.Count(figures.Incoming.Entries, "incoming entry", "incoming entries")}");
        Console.WriteLine(plan.Settings.MaxImportBytes == 0
            ? "Import bound  none"
            : $"Import bound  {Output.Bytes(plan.Settings.MaxImportBytes)}: the sync would {(plan.IsOverImportLimit ? "stop and ask" : "go on")}");
        if (plan.Detail is { } detail)
            Console.WriteLine($"Note          {detail}");
    }

    private static void PrintSyncs(SyncPlan plan)
    {
        if (plan.LatestSync is { } sync)
            Console.WriteLine($"Latest sync   {sync.Result.SyncId}: {sync.State}, last progress {Moment(sync.LastProgressAt)}{(sync.Result.Reason is { } reason ? $", {reason}: {sync.Result.Error}" : "")}");
        Console.WriteLine($"Next attempt  {(plan.NextAttemptAt is { } next ? Moment(next) : "none is due")}");
    }

    private static Table TableOf(IReadOnlyList<SyncPlanSegment> segments)
    {
        var table = new Table().AddColumns("Segment", "Way", "Entries", "Bytes", "Reason", "Detail");
        foreach (var segment in segments)
        {
            table.AddRow(
                Markup.Escape(segment.SegmentId), segment.Direction, $"{Output.Number(segment.Entries)}{(segment.IsPart ? "" : " (all)")}", Output.Number(segment.Bytes),
                segment.Reason ?? "", Markup.Escape(segment.Detail ?? ""));
        }

        return table;
    }

    private static string Text(PlanAmount amount) => $"{Show.Segments(amount.Segments)}, {Show.Entries(amount.Entries)}, {Output.Bytes(amount.Bytes)}";

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
