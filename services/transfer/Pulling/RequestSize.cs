namespace Causality.Transfer.Pulling;

/// <summary>How much one request of a stream asks for: about a quarter of a second's worth, and never more than a tenth of what this process has fetched by it.</summary>
/// <remarks>
/// What is on its way when a process dies is sent again. So the streams begin with half a batch together, and double while answers come quickly as far as what a death
/// would cost stays small beside what has been done since the last one.
/// </remarks>
/// <param name="batchSize">Most entries in one batch.</param>
/// <param name="streams">Streams that ask at the same time: together they begin with half a batch.</param>
internal sealed class RequestSize(int batchSize, int streams)
{
    private const int MostEntries = 1_000_000;
    private const int DoneForOne = 10;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(125);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    private readonly long _least = LeastOf(batchSize, streams);
    private long _done;

    /// <summary>Entries to ask for next.</summary>
    public long Entries { get; private set; } = LeastOf(batchSize, streams);

    /// <summary>Takes note of a whole answer.</summary>
    /// <param name="duration">How long it took to come in, from its first segment on.</param>
    /// <param name="entries">How many entries it was about.</param>
    public void Note(TimeSpan duration, long entries)
    {
        _done += entries;
        if (duration < Quick)
            Entries = Math.Min(Entries * 2, Math.Clamp(_done / DoneForOne, _least, MostEntries));
        else if (duration > Slow)
            Entries = Math.Max(Entries / 2, _least);
    }

    private static long LeastOf(int batchSize, int streams) => Math.Max(1, batchSize / 2 / streams);
}
