using Causality.Core;
using Causality.Storage.Log.Index;

namespace Causality.Storage.Log;

/// <summary>The rule without a ledger: the latest version is shown, on every operator the same.</summary>
internal sealed class LatestWinsView : IViewRule
{
    /// <inheritdoc/>
    public ValueTask RefreshAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ContentHash WinnerOf(string entryId, EntryKey latest, Func<IReadOnlyList<EntryVersion>> versions) => latest.Hash;

    /// <inheritdoc/>
    public bool IsHidden(ContentHash entry) => false;
}
