using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>The default rule: the latest version is shown, on every operator the same.</summary>
internal sealed class LatestWinsView : IViewRule
{
    /// <inheritdoc/>
    public ValueTask<EntryKey> WinnerAsync(string entryId, EntryKey latest, CancellationToken cancellationToken = default) => ValueTask.FromResult(latest);
}
