using Causality.Contracts;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Log;

namespace Causality.Transfer.Pulling;

/// <summary>Segments that have come in and are written out, but not yet in the log: they become durable, and their rows settled, together.</summary>
/// <param name="import">Where they go.</param>
/// <param name="began">Timestamp of the beginning.</param>
internal sealed class PullBatch(IImportBatch import, long began) : IAsyncDisposable
{
    private readonly List<TakenSegment> _taken = [];

    /// <summary>When it was begun, as <see cref="TimeProvider.GetTimestamp"/> tells.</summary>
    public long Began => began;

    /// <summary>Number of rows that it settles.</summary>
    public int Count => _taken.Count;

    /// <summary>Entries in it.</summary>
    public long Entries { get; private set; }

    /// <summary>Content bytes in it, on disk or in memory.</summary>
    public long Bytes { get; private set; }

    /// <summary>Content bytes in it that are in memory until the commit, because they are to be united with our copies.</summary>
    public long BytesKept { get; private set; }

    /// <summary>Takes an answer of the peer.</summary>
    public async Task AddAsync(PlannedSegment planned, FetchedSegment fetched, CancellationToken cancellationToken)
    {
        if (fetched.Segment is { } segment)
        {
            await import.AddAsync(segment, planned.IsNew, cancellationToken);
            await import.StageAsync(segment, planned.Segment.ContentHash, planned.IsNew, cancellationToken);
            Entries += segment.Count;
            Bytes += segment.Content.Length;
            BytesKept += planned.IsNew ? 0 : segment.Content.Length;
        }

        _taken.Add(TakenSegment.Of(planned.Wish, fetched));
        if (planned.IsNew || fetched.Segment is null)
            fetched.Release();
    }

    /// <summary>Makes it durable and settles its rows.</summary>
    /// <param name="command">The sync and its attempt; and the peer, whom the log remembers as the one that brought the entries.</param>
    /// <param name="now">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Gives up; nothing or all is stored.</param>
    public async Task StoreAsync(TransferSegments command, long now, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await import.CommitAsync(
                    async (database, results, token) =>
                    {
                        await Storage.Database.PlanFences.ThrowIfStoppedAsync(database, command.SyncId, command.Attempt, token);
                        await PlanRows.SettleAsync(database, command.SyncId, _taken, results, token);
                        await Arrivals.RecordAsync(database, results, command.Peer.Id, command.SyncId, now, token);
                    },
                    cancellationToken);
                return;
            }
            catch (SegmentInvalidException exception) when (Give(exception))
            {
                // Good by itself, but its union with our copy is over the limits: that one fails, the rest of the batch is none the worse. One fewer each time.
            }
        }
    }

    /// <summary>Logs each segment, for those who want to see every one.</summary>
    public void Tell(ILogger logger, TransferSegments command)
    {
        if (!logger.IsEnabled(LogLevel.Debug))
            return;
        foreach (var taken in _taken)
        {
            if (taken.EntriesCame > 0)
                logger.Took(command.SyncId, taken.Wish.Segment.Id.Value, command.Peer.Id, taken.EntriesCame, taken.BytesReceived);
            else
                logger.LeftAlone(command.SyncId, taken.Wish.Segment.Id.Value, command.Peer.Id, taken.Reason);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => import.DisposeAsync();

    private bool Give(SegmentInvalidException exception)
    {
        var index = _taken.FindIndex(taken => taken.Wish.Segment.Id == exception.SegmentId && taken.EntriesCame > 0);
        if (index < 0 || !import.Remove(exception.SegmentId))
            return false;
        _taken[index] = _taken[index] with { EntriesCame = 0, Reason = SyncReasons.SegmentTooLarge, Detail = $"The union with our copy is over the limits. {exception.Message}" };
        return true;
    }
}
