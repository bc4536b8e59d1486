using System.Text;
using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <content>How it follows the log: page by page of the change feed, and ahead of it by what this process is about to publish.</content>
public sealed partial class EntryIndex
{
    private const int PageOfChanges = 1_000;
    private static readonly int Ahead = Math.Min(Environment.ProcessorCount, 8);

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile LogSegment? _justPublished;

    /// <summary>Takes in what has been committed since the last time; costs one small query when nothing has.</summary>
    /// <param name="cancellationToken">Gives up; what was taken in stays.</param>
    /// <exception cref="StorageUnavailableException">The database failed; retry later.</exception>
    /// <exception cref="SegmentContentMissingException">A blob is missing.</exception>
    /// <exception cref="ContentHashMismatchException">A blob is damaged.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var version = await _catalog.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        if (version == Version)
            return;

        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (version < Version)
                await ResetIfTheLogWentBackAsync(cancellationToken).ConfigureAwait(false);

            while (Version < version && await TakePageAsync(cancellationToken).ConfigureAwait(false))
            {
                // Until the version that was seen is reached, page by page.
            }
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Takes in entries that are durable in this process's journal and not published yet.</summary>
    internal void AddPending(IReadOnlyCollection<LogEntry> entries)
    {
        var keys = entries.Select(entry => (IdKeys.Of(Encoding.UTF8.GetBytes(entry.Id)), entry.Key)).ToList();
        Locked(table =>
        {
            foreach (var (idKey, key) in keys)
                table.Entries.Add(idKey, key);
            return 0;
        });
    }

    /// <summary>Saves the next refresh from reading back what this process has just written.</summary>
    internal void Offer(LogSegment published) => _justPublished = published;

    private async Task<bool> TakePageAsync(CancellationToken cancellationToken)
    {
        var changes = await _catalog.GetChangesAsync(Version, PageOfChanges, cancellationToken).ConfigureAwait(false);

        // Digests are made ahead on all cores, and taken in one by one in the order of the feed: the version never tells of more than there is.
        var ahead = new Queue<(SegmentChange Change, Task<SegmentDigest?> Digest)>();
        foreach (var change in changes)
        {
            ahead.Enqueue((change, Task.Run(() => DigestAsync(change.Metadata, cancellationToken), cancellationToken)));
            if (ahead.Count > Ahead)
                await TakeAsync(ahead.Dequeue()).ConfigureAwait(false);
        }

        while (ahead.TryDequeue(out var next))
            await TakeAsync(next).ConfigureAwait(false);
        return changes.Count > 0;
    }

    private async Task TakeAsync((SegmentChange Change, Task<SegmentDigest?> Digest) next)
    {
        if (await next.Digest.ConfigureAwait(false) is { } digest)
            Locked(table => table.Replace(digest));
        Interlocked.Exchange(ref _version, next.Change.Version);
    }

    /// <summary>Null when the segment is indexed with this very content.</summary>
    private async Task<SegmentDigest?> DigestAsync(SegmentMetadata metadata, CancellationToken cancellationToken)
    {
        if (Locked(table => table.IsCurrent(metadata)))
            return null;

        var own = _justPublished;
        if (own?.Metadata.ContentHash == metadata.ContentHash && own.Metadata.Id == metadata.Id)
        {
            Interlocked.CompareExchange(ref _justPublished, null, own);
            return new SegmentDigest(own);
        }

        var (found, content) = await _contents.ReadAsync(metadata, cancellationToken).ConfigureAwait(false);
        return new SegmentDigest(found.Id, found.ContentHash, SegmentScan.Read(content));
    }

    private async Task ResetIfTheLogWentBackAsync(CancellationToken cancellationToken)
    {
        var found = await _catalog.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        if (found >= Version)
            return; // Another refresh was ahead of our look.

        LogMessages.IndexReset(_logger, Version, found);
        lock (_lock)
            _table = new SegmentTable();
        Interlocked.Exchange(ref _version, 0);
    }
}
