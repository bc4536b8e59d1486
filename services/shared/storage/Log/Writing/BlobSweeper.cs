using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Maintenance;
using Microsoft.Extensions.Logging;

namespace Causality.Storage.Log.Writing;

/// <summary>Removes blobs that no row points at.</summary>
/// <remarks>
/// A blob is stored before its row is committed, so a young one may be about to be used: hence the grace. Storing one that is there already renews its age, and
/// <see cref="ISegmentStore.DeleteAsync(ContentHash, DateTimeOffset, CancellationToken)"/> looks at the age again at the last moment. While a backup copies blobs
/// nothing is removed (<see cref="StoreHold"/>).
/// </remarks>
internal sealed class BlobSweeper(ISegmentStore blobs, SegmentCatalog catalog, OrphanSearch orphans, StoreHold hold, TimeProvider time, ILogger<BlobSweeper> logger)
{
    private readonly Dictionary<ContentHash, DateTimeOffset> _retired = [];
    private readonly Lock _lock = new();

    /// <summary>Notes that a segment of this process has other content by now. Forgotten at the end of the process; the slow sweep finds them as well.</summary>
    public void Retire(ContentHash hash)
    {
        lock (_lock)
            _retired[hash] = time.GetUtcNow();
    }

    /// <summary>Removes retired contents after a short grace: a growing segment would otherwise fill the disk with its earlier states.</summary>
    /// <returns>How many were removed; 0 while somebody holds the store, and they stay noted.</returns>
    public async Task<int> SweepRetiredAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        using var alone = hold.TryTakeAlone();
        if (alone is null)
            return 0;

        var limit = time.GetUtcNow() - grace;
        List<ContentHash> candidates;
        lock (_lock)
        {
            candidates = [.. _retired.Where(pair => pair.Value <= limit).Select(pair => pair.Key)];
            candidates.ForEach(hash => _retired.Remove(hash));
        }

        if (candidates.Count == 0)
            return 0;

        var removed = 0;
        foreach (var hash in await catalog.UnusedAsync(candidates, cancellationToken).ConfigureAwait(false))
            removed += await blobs.DeleteAsync(hash, limit, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        return Told(removed);
    }

    /// <summary>Looks through the whole store for contents that no row points at and that are older than the grace.</summary>
    /// <returns>How many were removed; 0 while somebody holds the store.</returns>
    public async Task<int> SweepOrphansAsync(TimeSpan grace, CancellationToken cancellationToken) =>
        (await TrySweepOrphansAsync(time.GetUtcNow() - grace, cancellationToken).ConfigureAwait(false))?.Count ?? 0;

    /// <summary>The same for contents stored before a moment.</summary>
    /// <returns>What was removed; null while somebody holds the store.</returns>
    public async Task<LeftOvers?> TrySweepOrphansAsync(DateTimeOffset storedBefore, CancellationToken cancellationToken)
    {
        using var alone = hold.TryTakeAlone();
        if (alone is null)
            return null;

        var (removed, size) = (0, 0L);
        await foreach (var unused in orphans.FindAsync(storedBefore, cancellationToken).ConfigureAwait(false))
        {
            foreach (var stored in unused)
            {
                if (await blobs.DeleteAsync(stored.Hash, storedBefore, cancellationToken).ConfigureAwait(false))
                    (removed, size) = (removed + 1, size + stored.SizeBytes);
            }
        }

        return new LeftOvers(Told(removed), size);
    }

    private int Told(int removed)
    {
        if (removed > 0)
            LogMessages.Swept(logger, removed);
        return removed;
    }
}
