using Causality.Core;
using Causality.Storage.Log.Reconciling;

namespace Causality.Storage.Log.Sharing;

/// <summary>A part of a log as if it were all of it: with a root fingerprint and sums of its own. Of what lies outside nothing can be learned or changed.</summary>
/// <param name="whole">The log.</param>
/// <param name="scope">The part.</param>
/// <param name="index">The segments of that part.</param>
public sealed class ScopedLog(ISyncableStorage whole, SegmentScope scope, SegmentIndex index) : ISharedLog
{
    /// <inheritdoc/>
    public async Task<LogHead> GetHeadAsync(CancellationToken cancellationToken = default) => index.HeadOf(await index.RefreshAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(SegmentId? after, int limit, CancellationToken cancellationToken = default)
    {
        var page = new List<SegmentMetadata>();
        foreach (var prefix in scope.Prefixes!)
        {
            // Ids that share a prefix stand together: the walk through them begins right before the first and ends with the first that has another.
            var last = SegmentScope.LastBefore(prefix) is { } before && !(after >= before) ? before : after;
            for (var isInside = true; isInside && page.Count < limit;)
            {
                var asked = limit - page.Count;
                var found = await whole.GetSegmentMetadataAsync(last, asked, cancellationToken).ConfigureAwait(false);
                var inside = found.TakeWhile(segment => segment.Id.Value.StartsWith(prefix, StringComparison.Ordinal)).ToList();
                page.AddRange(inside);
                isInside = inside.Count == asked;
                last = inside.Count > 0 ? inside[^1].Id : last;
            }
        }

        return page;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SegmentMetadata>> GetSegmentMetadataAsync(IReadOnlyCollection<SegmentId> ids, CancellationToken cancellationToken = default) =>
        whole.GetSegmentMetadataAsync(ids.Where(scope.Contains).ToList(), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SegmentChange>> GetChangesAsync(long version, int limit, CancellationToken cancellationToken = default)
    {
        var found = new List<SegmentChange>();
        while (true)
        {
            var changes = await whole.GetChangesAsync(version, limit, cancellationToken).ConfigureAwait(false);
            found.AddRange(changes.Where(change => scope.Contains(change.Metadata.Id)).Take(limit - found.Count));
            if (changes.Count < limit || found.Count == limit)
                return found;
            version = changes[^1].Version;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SegmentMetadata>> GetSegmentsOfVersionsAsync(IReadOnlyCollection<long> versions, CancellationToken cancellationToken = default) =>
        [.. (await whole.GetSegmentsOfVersionsAsync(versions, cancellationToken).ConfigureAwait(false)).Where(segment => scope.Contains(segment.Id))];

    /// <inheritdoc/>
    public async Task<LogSegment?> ExportSegmentAsync(SegmentId id, CancellationToken cancellationToken = default) =>
        scope.Contains(id) ? await whole.ExportSegmentAsync(id, cancellationToken).ConfigureAwait(false) : null;

    /// <inheritdoc/>
    public async Task<SegmentContent?> OpenSegmentAsync(SegmentId id, ContentHash? contentHash, CancellationToken cancellationToken = default) =>
        scope.Contains(id) ? await whole.OpenSegmentAsync(id, contentHash, cancellationToken).ConfigureAwait(false) : null;

    /// <inheritdoc/>
    public async Task<SegmentContent?> OpenSegmentAsync(SegmentMetadata known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(known);
        return scope.Contains(known.Id) ? await whole.OpenSegmentAsync(known, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The segment lies outside; the door has to refuse it before.</exception>
    public Task<ImportResult> ImportSegmentAsync(LogSegment segment, OperatorId peer, long quotaBytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return scope.Contains(segment.Metadata.Id)
            ? whole.ImportSegmentAsync(segment, peer, quotaBytes, cancellationToken)
            : throw new ArgumentException($"Segment {segment.Metadata.Id} is outside of the scope {scope}.", nameof(segment));
    }

    /// <inheritdoc/>
    /// <remarks>An id whose winner stands outside only is left out, even when a version that lost stands inside: the answer would tell of the winner.</remarks>
    public async Task<IReadOnlyDictionary<string, EntryKey>> FindWinnersAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        var winners = new Dictionary<string, EntryKey>(StringComparer.Ordinal);
        foreach (var (id, winner) in await whole.FindWinnersAsync(ids, cancellationToken).ConfigureAwait(false))
        {
            if ((await whole.FindSegmentsAsync(winner.Hash, cancellationToken).ConfigureAwait(false)).Any(scope.Contains))
                winners.Add(id, winner);
        }

        return winners;
    }
}
