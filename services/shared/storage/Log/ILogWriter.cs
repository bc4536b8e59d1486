namespace Causality.Storage.Log;

/// <summary>The writing end of the log, in the one process (or few) that appends.</summary>
public interface ILogWriter
{
    /// <summary>Makes every acknowledged entry visible to synchronization now, instead of within the usual second.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="StorageUnavailableException">The disk or the database failed; the entries are safe in the journal; retry later.</exception>
    Task PublishAsync(CancellationToken cancellationToken = default);
}
