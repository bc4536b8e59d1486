using System.Runtime.CompilerServices;
using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Log;

namespace Causality.Storage.Maintenance;

/// <summary>Finds blobs that no row points at.</summary>
internal sealed class OrphanSearch(ISegmentStore blobs, SegmentCatalog catalog)
{
    /// <summary>Candidates that are checked against the rows at once.</summary>
    private const int Portion = 10_000;

    /// <summary>Portions of unused contents that were stored before a moment. Whoever removes them holds the store alone from before the first portion.</summary>
    public async IAsyncEnumerable<IReadOnlyList<StoredContent>> FindAsync(DateTimeOffset storedBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var candidates = new Dictionary<ContentHash, StoredContent>();
        await foreach (var stored in blobs.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (stored.StoredAt < storedBefore)
                candidates[stored.Hash] = stored;
            if (candidates.Count < Portion)
                continue;

            yield return await UnusedAsync(candidates, cancellationToken).ConfigureAwait(false);
            candidates.Clear();
        }

        if (candidates.Count > 0)
            yield return await UnusedAsync(candidates, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts them.</summary>
    public async Task<LeftOvers> CountAsync(DateTimeOffset storedBefore, CancellationToken cancellationToken)
    {
        var (count, size) = (0, 0L);
        await foreach (var unused in FindAsync(storedBefore, cancellationToken).ConfigureAwait(false))
            (count, size) = (count + unused.Count, size + unused.Sum(stored => stored.SizeBytes));
        return new LeftOvers(count, size);
    }

    private async Task<IReadOnlyList<StoredContent>> UnusedAsync(Dictionary<ContentHash, StoredContent> candidates, CancellationToken cancellationToken) =>
        [.. (await catalog.UnusedAsync(candidates.Keys, cancellationToken).ConfigureAwait(false)).Select(hash => candidates[hash])];
}
