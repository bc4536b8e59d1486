using Causality.Core;

namespace Causality.Storage.Log.Staging;

/// <summary>What an import has received and not yet committed, found again when its process was killed: so that nobody has to send it once more.</summary>
/// <remarks>
/// It survives the death of a process, not that of the machine: nothing is flushed for it, and whatever is found is checked against its hash. Only what was
/// received for the same purpose is found, so a peer cannot have our own contents counted as brought by itself by naming their hashes.
/// </remarks>
public interface IImportStaging
{
    /// <summary>Begins an import whose contents can be found again.</summary>
    /// <param name="purpose">The sync.</param>
    IImportBatch Begin(Guid purpose);

    /// <summary>Takes over what processes that are dead had received for a purpose. Have it forgotten when that is stored, and dispose it in any case.</summary>
    /// <param name="purpose">The sync.</param>
    /// <exception cref="StorageUnavailableException">The folder cannot be read.</exception>
    StagedContents Recover(Guid purpose);
}
