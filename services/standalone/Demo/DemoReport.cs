using System.Text.Json;
using Causality.Scheduler.Dashboard.Rendering;
using Causality.Standalone.Commands;
using Spectre.Console;

namespace Causality.Standalone.Demo;

/// <summary>What the demo found out, for people and for programs.</summary>
internal sealed record DemoReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>True when root fingerprints and views are equal.</summary>
    public required bool Converged { get; init; }

    public required IReadOnlyList<DemoOperator> Operators { get; init; }

    public required long EntriesSynced { get; init; }

    public required long SegmentsSynced { get; init; }

    public required long BytesReceived { get; init; }

    /// <summary>Entry ids with two contents, each counted once.</summary>
    public required long Conflicts { get; init; }

    public required int Syncs { get; init; }

    public required long ElapsedMs { get; init; }

    /// <summary>What went wrong, one line for each sync that failed.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public void Print()
    {
        var console = Terminal.Output;
        console.Write(Table(Operators));
        foreach (var error in Errors)
            console.MarkupLineInterpolated($"[red]{error}[/]");
        console.MarkupLineInterpolated($"{Show.Entries(EntriesSynced)} in {Show.Segments(SegmentsSynced)} ({Output.Bytes(BytesReceived)}) moved by {Show.Count(Syncs, "sync")} in {ElapsedMs:N0} ms; {Show.Count(Conflicts, "conflict")}{(Converged ? ", decided alike by both" : "")}.");
        console.MarkupLine(Converged ? "[green]Both operators hold the same log and show the same view.[/]" : "[red]The operators have not become equal.[/]");
    }

    public static Table Table(IReadOnlyList<DemoOperator> operators)
    {
        var table = new Table().AddColumns("Operator", "Entries", "Segments", "Root fingerprint", "Conflicts", "Entries in view");
        foreach (var one in operators)
            table.AddRow(one.Id, Number(one.Entries), Number(one.Segments), one.Root, Number(one.Conflicts), Number(one.ViewEntries));
        return table;
    }

    private static string Number(long value) => value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
