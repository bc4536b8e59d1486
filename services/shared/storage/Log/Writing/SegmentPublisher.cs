using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Log.Index;
using Microsoft.Extensions.Logging;

namespace Causality.Storage.Log.Writing;

/// <summary>Makes the segments that this process writes visible to synchronization: same id, new content.</summary>
internal sealed class SegmentPublisher(
    SegmentImporter importer, EntryIndex index, PendingEntries pending, BlobSweeper sweeper, TimeProvider time, ILogger<SegmentPublisher> logger) : IDisposable
{
    /// <summary>Most sealed segments that may wait while publishing fails; then appends are refused.</summary>
    public const int MaxWaiting = 8;

    private readonly List<ActiveSegment> _segments = [];
    private readonly SemaphoreSlim _publishing = new(1, 1);
    private readonly Lock _lock = new();

    /// <summary>How long the latest publishing took.</summary>
    public TimeSpan LastDuration { get; private set; }

    /// <summary>Number of segments that are not published to the end.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _segments.Count;
        }
    }

    /// <summary>Takes a new segment into its care.</summary>
    public void Add(ActiveSegment segment)
    {
        lock (_lock)
            _segments.Add(segment);
    }

    /// <summary>Publishes everything that is acknowledged and not published yet.</summary>
    /// <exception cref="StorageUnavailableException">The disk or the database failed; the journals keep the entries.</exception>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        await _publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ActiveSegment[] segments;
            lock (_lock)
                segments = [.. _segments];

            var started = time.GetTimestamp();
            foreach (var segment in segments)
                await PublishAsync(segment, cancellationToken).ConfigureAwait(false);
            LastDuration = time.GetElapsedTime(started);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Unlocks the journals of whatever could not be published.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _segments.ForEach(segment => segment.Abandon());
            _segments.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _publishing.Dispose();

    private async Task PublishAsync(ActiveSegment active, CancellationToken cancellationToken)
    {
        var isSealed = active.IsSealed; // Before the snapshot: what is sealed has no more entries.
        var entries = active.Snapshot();
        if (entries.Length > active.PublishedCount)
            await StoreAsync(active, entries, cancellationToken).ConfigureAwait(false);
        if (!isSealed)
            return;

        active.DeleteJournal();
        lock (_lock)
            _segments.Remove(active);
    }

    private async Task StoreAsync(ActiveSegment active, LogEntry[] entries, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var segment = LogSegment.FromEntries(active.Id, active.Origin, entries);
        index.Offer(segment);
        Failpoint.Reach(Failpoints.SegmentBeforePublish);
        var result = (await importer.ImportAsync([new SegmentOffer(segment, active.PublishedHash)], null, null, cancellationToken).ConfigureAwait(false))[0];
        Failpoint.Reach(Failpoints.SegmentAfterPublish);
        if (active.PublishedHash is { } superseded && superseded != result.Metadata.ContentHash)
            sweeper.Retire(superseded);

        // Where others have added to our segment, the union must be made from the stored copy each time.
        active.PublishedHash = result.Metadata.ContentHash == segment.Metadata.ContentHash ? segment.Metadata.ContentHash : null;
        var fresh = entries.AsSpan(active.PublishedCount).ToArray();
        active.PublishedCount = entries.Length;
        LogMessages.Published(logger, active.Id.Value, entries.Length, (long)time.GetElapsedTime(started).TotalMilliseconds);

        await index.RefreshAsync(cancellationToken).ConfigureAwait(false);
        pending.Remove(fresh);
    }
}
