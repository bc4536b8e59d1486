using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>Decides which version of a contested entry id the view shows. The seam for the conflict ledger.</summary>
public interface IViewRule
{
    /// <summary>The version to show.</summary>
    /// <param name="entryId">An id with at least two versions.</param>
    /// <param name="latest">The version with the greatest key: the answer where nobody has decided otherwise.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<EntryKey> WinnerAsync(string entryId, EntryKey latest, CancellationToken cancellationToken = default);
}
