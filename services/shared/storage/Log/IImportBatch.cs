using Causality.Core;
using Causality.Storage.Database;

namespace Causality.Storage.Log;

/// <summary>Segments on their way into the log: written out as they come, then merged with one durability barrier and one transaction.</summary>
/// <remarks>Any number of callers may add at once. What is added is not in the log, and gone after a crash, until <see cref="CommitAsync"/> has returned.</remarks>
public interface IImportBatch : IAsyncDisposable
{
    /// <summary>Adds a segment.</summary>
    /// <param name="segment">Verified; its content may be reused by the caller after this call when <paramref name="isNew"/>.</param>
    /// <param name="isNew">
    /// The log has no segment of that name, as far as the caller knows: the content is written out now and not kept. Where that turns out to be wrong it is read
    /// again. False keeps it in memory until the commit, because it will be united with our copy.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">The disk failed; give the batch up.</exception>
    Task AddAsync(LogSegment segment, bool isNew, CancellationToken cancellationToken = default);

    /// <summary>Notes an added segment, so that it is found again if this process is killed before the commit; nothing where the import has no purpose to find it for.</summary>
    /// <param name="segment">As added.</param>
    /// <param name="wanted">The content that was asked for: the segment's own, or that of the segment of which these are some entries.</param>
    /// <param name="isNew">As added.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">The disk failed; give the batch up.</exception>
    Task StageAsync(LogSegment segment, ContentHash wanted, bool isNew, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Takes a segment out again, because its union is over the limits.</summary>
    /// <returns>False when none of that name is left.</returns>
    bool Remove(SegmentId id);

    /// <summary>Merges everything into the log; idempotent.</summary>
    /// <param name="alongside">Runs in the same transaction, with one result for each segment in the order of adding; null for nothing.</param>
    /// <param name="cancellationToken">Gives up; then nothing or all is stored.</param>
    /// <returns>The results.</returns>
    /// <exception cref="SegmentInvalidException">The union of one segment is over the limits: take it out and commit again.</exception>
    /// <exception cref="StorageUnavailableException">The disk or the database failed; nothing was stored.</exception>
    Task<IReadOnlyList<ImportResult>> CommitAsync(Func<CausalityDbContext, IReadOnlyList<ImportResult>, CancellationToken, Task>? alongside, CancellationToken cancellationToken = default);
}
