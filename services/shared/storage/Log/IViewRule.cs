using Causality.Core;
using Causality.Storage.Log.Index;

namespace Causality.Storage.Log;

/// <summary>Decides what the view shows of contested entry ids. Thread-safe.</summary>
public interface IViewRule
{
    /// <summary>Takes in what has been decided since the last time. Before the index is refreshed: whoever is named as a winner is then known to the index.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask RefreshAsync(CancellationToken cancellationToken = default);

    /// <summary>The version to show.</summary>
    /// <param name="entryId">An id with at least two versions.</param>
    /// <param name="latest">The version with the greatest key: the answer where nobody has decided otherwise.</param>
    /// <param name="versions">All versions, descending by key; costs as much as there are, so ask only when it matters.</param>
    /// <returns>Its entry hash.</returns>
    ContentHash WinnerOf(string entryId, EntryKey latest, Func<IReadOnlyList<EntryVersion>> versions);

    /// <summary>True for an entry that is not shown because of another one with its timestamp.</summary>
    /// <param name="entry">The entry hash.</param>
    bool IsHidden(ContentHash entry);
}
