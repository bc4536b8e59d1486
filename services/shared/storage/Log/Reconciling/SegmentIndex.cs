using Causality.Core;
using Causality.Core.Reconciliation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Causality.Storage.Log.Reconciling;

/// <summary>Every segment of the log in memory, as reconciliation asks about them: in the order of (start timestamp, item), with the fingerprint of any range.</summary>
/// <remarks>
/// Follows the change feed; each process has its own, current as of its last <see cref="RefreshAsync"/>. About 80 bytes per segment: the item, the version of
/// its latest change (by which the rest of the metadata is found in the database), its place in the order, and a short key of its id. Thread-safe; readers and the
/// feed take turns.
/// </remarks>
public sealed class SegmentIndex : IDisposable
{
    private const int PageOfChanges = 10_000;

    private readonly ISharedLog _storage;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly Lock _lock = new();
    private readonly ChangingItemSet _items = new();
    private readonly SegmentSlots _slots = new();
    private readonly SegmentScope _scope;
    private readonly SizeTally? _sizes;
    private long _version;
    private long _changed;

    /// <summary>An empty index; the first refresh fills it.</summary>
    /// <param name="storage">The log.</param>
    /// <param name="logger">Hears of an index that had to be made anew.</param>
    /// <param name="scope">The part of the log that it holds; null for all of it.</param>
    public SegmentIndex(ISharedLog storage, ILogger<SegmentIndex>? logger = null, SegmentScope? scope = null)
    {
        (_storage, _logger, _scope) = (storage, logger ?? NullLogger<SegmentIndex>.Instance, scope ?? SegmentScope.Everything);
        _sizes = _scope.IsEverything ? null : new SizeTally();
    }

    /// <summary>The version of the log that the index shows; 0 before the first refresh.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Root fingerprint and size of the part of the log that the index holds, as of its last refresh.</summary>
    /// <param name="whole">The log as that refresh has found it.</param>
    public LogHead HeadOf(LogHead whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return _sizes is null ? whole : Read((set, _) => new LogHead(_changed, set.Fingerprint(0, set.Count), set.Count, _sizes.Entries, _sizes.Bytes));
    }

    /// <summary>Number of segments.</summary>
    public int Count => Read((set, _) => set.Count);

    /// <summary>Memory of the index, in bytes, without what the runtime adds.</summary>
    public long SizeBytes => Read((_, _) => _items.SizeBytes + _slots.SizeBytes);

    /// <summary>Takes in what has been committed since the last time; one small query when nothing has.</summary>
    /// <param name="cancellationToken">Gives up; what was taken in stays.</param>
    /// <returns>The log as of a moment during the call; the index is not older.</returns>
    /// <exception cref="StorageUnavailableException">The database failed; retry later.</exception>
    public async Task<LogHead> RefreshAsync(CancellationToken cancellationToken = default)
    {
        var head = await _storage.GetHeadAsync(cancellationToken).ConfigureAwait(false);
        if (head.Version == Version)
            return head;

        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            head = await _storage.GetHeadAsync(cancellationToken).ConfigureAwait(false);
            if (head.Version < Version)
                Reset(head.Version);
            await FollowAsync(cancellationToken).ConfigureAwait(false);
            if (IsWrong(head))
            {
                // Two ids that share a key, or rows that somebody changed by hand: told by the sum, mended by counting anew, with another key.
                Reset(head.Version);
                await FollowAsync(cancellationToken).ConfigureAwait(false);
            }

            return head;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Asks the set something while it stands still.</summary>
    /// <param name="question">Gets the set and the version it shows. It must not wait, and whatever keeps the set may use it only in another question.</param>
    public T Read<T>(Func<IReconciliationSet, long, T> question)
    {
        ArgumentNullException.ThrowIfNull(question);
        lock (_lock)
            return question(_items, _version);
    }

    /// <summary>The short ids of all segments in some ranges.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="ranges">Ascending, not overlapping.</param>
    /// <returns>Short ids in the order of the items, and the version of the log that made the set what it is.</returns>
    public (ulong[] ShortIds, long Version) ShortIds(SymbolKey key, IReadOnlyList<ReconciliationRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Read((set, _) =>
        {
            var bounds = ranges.Select(range => (Lower: set.LowerBound(range.Lower), Upper: set.LowerBound(range.Upper))).ToList();
            var shortIds = new ulong[bounds.Sum(range => range.Upper - range.Lower)];
            var next = 0;
            foreach (var (lower, upper) in bounds)
            {
                foreach (var item in set.Range(lower, upper))
                    shortIds[next++] = key.ShortId(item.Id);
            }

            return (shortIds, _changed);
        });
    }

    /// <summary>The versions of the segments that are asked for, by which <see cref="ISharedLog.GetSegmentsOfVersionsAsync"/> finds them.</summary>
    /// <param name="ranges">Where to look: the work is proportional to what is in them. Ascending, not overlapping.</param>
    /// <param name="isWanted">Chooses by item.</param>
    /// <param name="limit">Most versions.</param>
    public IReadOnlyList<long> Find(IReadOnlyList<ReconciliationRange> ranges, Func<ContentHash, bool> isWanted, int limit) => Read((set, _) =>
    {
        var found = new List<long>();
        foreach (var range in ranges)
        {
            foreach (var slot in _items.Slots(set.LowerBound(range.Lower), set.LowerBound(range.Upper)))
            {
                var (item, version) = _items[slot];
                if (!isWanted(item.Id))
                    continue;
                found.Add(version);
                if (found.Count == limit)
                    return found;
            }
        }

        return found;
    });

    /// <inheritdoc/>
    public void Dispose() => _refreshing.Dispose();

    /// <summary>
    /// A page that is not full is what one statement saw to the end, so the set is then exactly the log of that moment. A full one is not: a segment on it may have
    /// changed again, and stands again on a later page.
    /// </summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var reading = _storage.GetChangesAsync(Version, PageOfChanges, cancellationToken);
        while (true)
        {
            var changes = await reading.ConfigureAwait(false);
            var isLast = changes.Count < PageOfChanges;
            if (!isLast)
                reading = _storage.GetChangesAsync(changes[^1].Version, PageOfChanges, cancellationToken); // While this page is taken in.
            Take(changes);
            if (isLast)
                return;
        }
    }

    private void Take(IReadOnlyList<SegmentChange> changes)
    {
        // Half of the work is hashing, for which the set need not stand still.
        var items = new ReconciliationItem[changes.Count];
        for (var index = 0; index < items.Length; index++)
            items[index] = ReconciliationItem.Of(changes[index].Metadata);
        lock (_lock)
        {
            for (var index = 0; index < items.Length; index++)
            {
                if (_scope.Contains(changes[index].Metadata.Id))
                    Take(changes[index].Metadata, items[index], changes[index].Version);
                _version = changes[index].Version;
            }
        }
    }

    private void Take(SegmentMetadata segment, ReconciliationItem item, long version)
    {
        if (_slots.SlotOf(segment.Id) is >= 0 and var before)
        {
            _items.Remove(before);
            _sizes?.Remove(before);
        }

        var slot = _items.Add(item, version);
        _slots.Replace(segment.Id, slot);
        _sizes?.Add(slot, segment);
        _changed = version; // What happens outside of the scope is nobody's business within it.
    }

    // Of a part of the log nobody knows the fingerprint but the index.
    private bool IsWrong(LogHead head) => _scope.IsEverything && Read((set, version) => version == head.Version && set.Fingerprint(0, set.Count) != head.Fingerprint);

    private void Reset(long found)
    {
        LogMessages.SegmentIndexReset(_logger, Version, found);
        lock (_lock)
        {
            _items.Clear();
            _slots.Clear();
            _sizes?.Clear();
            (_version, _changed) = (0, 0);
        }
    }
}
