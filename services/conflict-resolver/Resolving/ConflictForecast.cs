using Causality.Contracts;
using Causality.Core;
using Causality.Storage.Log.Index;

namespace Causality.ConflictResolver.Resolving;

/// <summary>Counts the conflicts that entries would be in if they came into the log.</summary>
internal sealed class ConflictForecast(EntryIndex index)
{
    /// <summary>Entry ids that would have more than one content because of these entries, each counted once.</summary>
    /// <param name="entries">Hashes are hex digits of entries that somebody has read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<long> CountAsync(IReadOnlyCollection<EntryName> entries, CancellationToken cancellationToken)
    {
        await index.RefreshAsync(cancellationToken);
        return entries.GroupBy(entry => entry.Id, entry => ContentHash.Parse(entry.Hash), StringComparer.Ordinal).LongCount(IsConflict);
    }

    private bool IsConflict(IGrouping<string, ContentHash> incoming)
    {
        var known = index.VersionsOf(incoming.Key).Select(version => version.Key.Hash).ToHashSet();
        var isNew = incoming.Any(hash => !known.Contains(hash));
        known.UnionWith(incoming);
        return isNew && known.Count > 1;
    }
}
