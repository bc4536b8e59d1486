using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Standalone.Commands;

/// <summary>Shows syncs to people.</summary>
internal static class SyncOutput
{
    private const int MostNamed = 20;

    /// <summary>A sync that has ended: what it did, what went wrong, what it left out.</summary>
    public static void Print(SyncResult result)
    {
        Console.WriteLine($"{result.PeerId}: {result.Status}; {Output.Number(result.EntriesSynced)} entries in {Output.Number(result.SegmentsSynced)} segments, {Output.Number(result.BytesReceived)} bytes, {Output.Number(result.Conflicts)} conflicts");
        if (result.Error is { } error)
            Console.WriteLine($"  {result.Reason}: {error}");
        if (result.LeftOut is { } leftOut)
            Print(leftOut, result.PeerId);
    }

    /// <summary>A sync that runs, in a line.</summary>
    public static string Line(SyncDetails sync) =>
        $"Sync {sync.Result.SyncId} with {sync.Result.PeerId}: {sync.State}, {Output.Number(sync.Result.SegmentsSynced)} of {Output.Number(sync.SegmentsPlanned)} segments"
        + $"{(Left(sync) is { } left ? $", {left}" : "")}{(sync.Result.Reason is { } reason ? $", last error {reason}" : "")}";

    /// <summary>What a running sync still has to do; null before there is a plan.</summary>
    public static string? Left(SyncDetails sync) => sync.Remaining is not { } left
        ? null
        : $"{Output.Number(left.Segments)} segments, {Output.Number(left.Entries)} entries, {Output.Number(left.Bytes)} bytes left{(sync.RemainingMs is { } time ? $", about {Show.Duration(TimeSpan.FromMilliseconds(time))}" : "")}";

    private static void Print(SyncLeftOut leftOut, string peer)
    {
        Console.WriteLine($"  left out: {Output.Number(leftOut.Segments)} segments ({string.Join(", ", leftOut.ByReason.Select(count => $"{Output.Number(count.Segments)} {count.Reason}"))})");
        foreach (var segment in leftOut.Named.Take(MostNamed))
            Console.WriteLine($"    {segment.SegmentId} ({segment.Direction}): {segment.Reason}");
        if (leftOut.Segments > Math.Min(leftOut.Named.Count, MostNamed))
            Console.WriteLine($"    and more; all of them with what to do: causality sync {peer} --explain --limit {leftOut.Segments}");
    }
}
