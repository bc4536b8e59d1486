namespace Causality.Transfer.Pulling;

/// <summary>How much one request of a stream asks for: about a quarter of a second's worth.</summary>
/// <remarks>
/// What is on its way when a process dies is sent again, so a request is no larger than it needs to be for the link to stay busy: it begins with a share of a batch and
/// doubles while answers come quickly.
/// </remarks>
/// <param name="batchSize">Most entries in one batch.</param>
/// <param name="streams">Streams that ask at the same time: together they begin with a batch.</param>
internal sealed class RequestSize(int batchSize, int streams)
{
    private const int MostEntries = 1_000_000;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(125);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    private readonly long _least = Math.Max(1, batchSize / streams);

    /// <summary>Entries to ask for next.</summary>
    public long Entries { get; private set; } = Math.Max(1, batchSize / streams);

    /// <summary>Takes note of how long a whole answer took.</summary>
    public void Note(TimeSpan duration)
    {
        if (duration < Quick)
            Entries = Math.Min(Entries * 2, MostEntries);
        else if (duration > Slow)
            Entries = Math.Max(Entries / 2, _least);
    }
}
