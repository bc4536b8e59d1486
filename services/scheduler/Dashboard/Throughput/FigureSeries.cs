namespace Causality.Scheduler.Dashboard.Throughput;

/// <summary>Puts what syncs did into the parts of a window.</summary>
internal static class FigureSeries
{
    /// <summary>Empty parts.</summary>
    public static List<FigurePart> Empty(FigureWindow window, long begin) =>
        [.. Enumerable.Range(0, window.Parts).Select(part => new FigurePart { Begin = DateTimeOffset.FromUnixTimeMilliseconds(begin + (part * window.PartMs)) })];

    /// <summary>Adds a sync: what it did between two of its marks is spread evenly over the time between them, and what lies outside of the window is left out.</summary>
    /// <param name="parts">The parts, which begin at <paramref name="begin"/>.</param>
    /// <param name="partMs">Length of a part.</param>
    /// <param name="begin">When the window begins.</param>
    /// <param name="marks">Ascending by time, counts never falling; one mark alone says nothing.</param>
    public static void Add(IReadOnlyList<FigurePart> parts, long partMs, long begin, IReadOnlyList<SyncMark> marks)
    {
        for (var index = 1; index < marks.Count; index++)
            Spread(parts, partMs, begin, marks[index - 1], marks[index]);
    }

    private static void Spread(IReadOnlyList<FigurePart> parts, long partMs, long begin, SyncMark from, SyncMark to)
    {
        var (entries, bytes) = (Math.Max(0, to.Entries - from.Entries), Math.Max(0, to.Bytes - from.Bytes));
        if (entries == 0 && bytes == 0)
            return;

        var length = Math.Max(1, to.At - from.At);
        var (first, last) = (Math.Max(0, Part(from.At)), Math.Min(parts.Count - 1, Part(from.At + length - 1)));
        for (var part = first; part <= last; part++)
        {
            var partBegin = begin + (part * partMs);
            var share = (double)(Math.Min(from.At + length, partBegin + partMs) - Math.Max(from.At, partBegin)) / length;
            parts[(int)part].Entries += entries * share;
            parts[(int)part].Bytes += bytes * share;
        }

        // Rounded down, also before the window.
        long Part(long at) => (long)Math.Floor((double)(at - begin) / partMs);
    }
}
