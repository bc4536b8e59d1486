using Causality.Core;
using Causality.Storage.Log.Index;
using Causality.Storage.Log.Writing;

namespace Causality.Storage.Log.Reading;

/// <summary>Single entries, by way of the index.</summary>
internal sealed class EntryFinder(EntryIndex index, SegmentContents contents, PendingEntries pending, IViewRule rule)
{
    private const int Attempts = 5;

    private readonly EntryLines _lines = new(contents);

    /// <summary>Number of distinct entries.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return index.Count;
    }

    /// <summary>The entry that the view shows under an id, or null.</summary>
    public async Task<LogEntry?> GetByIdAsync(string id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await rule.RefreshAsync(cancellationToken).ConfigureAwait(false);
            await index.RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (WinnerOf(id) is not { } winner || rule.IsHidden(winner))
                return null;
            if (pending.TryGet(winner, out var entry))
                return entry;
            if (index.LocationOf(winner) is not { } location)
            {
                if (attempt < Attempts)
                    continue; // Published between the two looks: it left the pending ones after the index had its place.
                throw new InvalidOperationException($"Entry {winner} is in the index, and neither pending nor in a segment.");
            }

            try
            {
                return await _lines.ReadAsync(location, cancellationToken).ConfigureAwait(false);
            }
            catch (SegmentContentMissingException) when (attempt < Attempts)
            {
                // The segment grew between the refresh and the reading.
            }
        }
    }

    /// <summary>What the view shows under some ids, without reading it; ids that it shows nothing for are left out.</summary>
    public async Task<IReadOnlyDictionary<string, EntryKey>> FindWinnersAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await rule.RefreshAsync(cancellationToken).ConfigureAwait(false);
        await index.RefreshAsync(cancellationToken).ConfigureAwait(false);
        var winners = new Dictionary<string, EntryKey>(ids.Count, StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (WinnerOf(id) is { } hash && !rule.IsHidden(hash) && index.KeyOf(hash) is { } key)
                winners[id] = key;
        }

        return winners;
    }

    /// <summary>The segments in which an entry stands.</summary>
    public async Task<IReadOnlyList<SegmentId>> FindSegmentsAsync(ContentHash entry, CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return index.SegmentsOf(entry);
    }

    private ContentHash? WinnerOf(string id)
    {
        var (latest, isContested) = index.LatestOf(id);
        return latest is { } key && isContested ? rule.WinnerOf(id, key, () => index.VersionsOf(id)) : latest?.Hash;
    }
}
