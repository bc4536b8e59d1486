using Causality.Core;
using Causality.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace Causality.Storage.Log.Writing;

/// <summary>Removes blobs that no row points at.</summary>
/// <remarks>
/// A blob is stored before its row is committed, so a young one may be about to be used: hence the grace. Storing one that is there already renews its age, and
/// <see cref="ISegmentStore.DeleteAsync(ContentHash, DateTimeOffset, CancellationToken)"/> looks at the age again at the last moment.
/// </remarks>
internal sealed class BlobSweeper(ISegmentStore blobs, SegmentCatalog catalog, TimeProvider time, ILogger<BlobSweeper> logger)
{
    /// <summary>Candidates that are checked against the rows at once.</summary>
    private const int Portion = 10_000;

    private readonly Dictionary<ContentHash, DateTimeOffset> _retired = [];
    private readonly Lock _lock = new();

    /// <summary>Notes that a segment of this process has other content by now. Forgotten at the end of the process; the slow sweep finds them as well.</summary>
    public void Retire(ContentHash hash)
    {
        lock (_lock)
            _retired[hash] = time.GetUtcNow();
    }

    /// <summary>Removes retired contents after a short grace: a growing segment would otherwise fill the disk with its earlier states.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> SweepRetiredAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow() - grace;
        List<ContentHash> candidates;
        lock (_lock)
        {
            candidates = [.. _retired.Where(pair => pair.Value <= limit).Select(pair => pair.Key)];
            candidates.ForEach(hash => _retired.Remove(hash));
        }

        return candidates.Count == 0 ? 0 : await RemoveAsync(candidates, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks through the whole store for contents that no row points at and that are older than the grace.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> SweepOrphansAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow() - grace;
        var (removed, candidates) = (0, new List<ContentHash>());
        await foreach (var stored in blobs.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (stored.StoredAt < limit)
                candidates.Add(stored.Hash);
            if (candidates.Count < Portion)
                continue;

            removed += await RemoveAsync(candidates, limit, cancellationToken).ConfigureAwait(false);
            candidates.Clear();
        }

        return removed + (candidates.Count == 0 ? 0 : await RemoveAsync(candidates, limit, cancellationToken).ConfigureAwait(false));
    }

    private async Task<int> RemoveAsync(List<ContentHash> candidates, DateTimeOffset storedBefore, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var hash in await catalog.UnusedAsync(candidates, cancellationToken).ConfigureAwait(false))
            removed += await blobs.DeleteAsync(hash, storedBefore, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        if (removed > 0)
            LogMessages.Swept(logger, removed);
        return removed;
    }
}
