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
        Console.WriteLine($"{result.PeerId}: {result.Status}; {Moved(result)}");
        if (result.Error is { } error)
            Console.WriteLine($"  {result.Reason}: {error}");
        if (result.LeftOut is { } leftOut)
            Print(leftOut, result.PeerId);
    }

    /// <summary>A sync that runs, in a line. Before the first comparison has ended there is no plan to count from.</summary>
    public static string Line(SyncDetails sync) =>
        $"Sync {sync.Result.SyncId} with {sync.Result.PeerId}: {sync.State}, "
        + (Left(sync) is { } left ? $"{Output.Number(sync.Result.SegmentsSynced)} of {Show.Segments(sync.SegmentsPlanned)}, {left}" : "not compared yet")
        + (sync.Result.Reason is { } reason ? $", last error {reason}" : "");

    /// <summary>What a running sync still has to do; null before there is a plan.</summary>
    public static string? Left(SyncDetails sync) => sync.Remaining is not { } left
        ? null
        : $"{Show.Segments(left.Segments)}, {Show.Entries(left.Entries)}, {Output.Bytes(left.Bytes)} left{(sync.RemainingMs is { } time ? $", about {Show.Duration(TimeSpan.FromMilliseconds(time))}" : "")}";

    // Not that the logs are equal: this side may hold more than the peer, or leave something out.
    private static string Moved(SyncResult result) => result.Status == SyncStatus.Skipped
        ? "nothing to move"
        : $"{Show.Entries(result.EntriesSynced)} in {Show.Segments(result.SegmentsSynced)}, {Output.Bytes(result.BytesReceived)}, {Show.Count(result.Conflicts, "conflict")}";

    private static void Print(SyncLeftOut leftOut, string peer)
    {
        Console.WriteLine($"  left out: {Show.Segments(leftOut.Segments)} ({string.Join(", ", leftOut.ByReason.Select(count => $"{Output.Number(count.Segments)} {count.Reason}"))})");
        foreach (var segment in leftOut.Named.Take(MostNamed))
            Console.WriteLine($"    {segment.SegmentId} ({segment.Direction}): {segment.Reason}");
        if (leftOut.Segments > Math.Min(leftOut.Named.Count, MostNamed))
            Console.WriteLine($"    and more; all of them with what to do: causality sync {peer} --explain --limit {leftOut.Segments}");
    }
}
