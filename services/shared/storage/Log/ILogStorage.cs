using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>An operator's log as its applications use it. Seed: "LogStorage".</summary>
public interface ILogStorage
{
    /// <summary>Appends one entry; returns once it is durable.</summary>
    Task<AppendResult> AppendAsync(LogEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Appends entries, all or none; returns once they are durable.</summary>
    /// <param name="entries">1 to <see cref="AppendLimits.MaxBatchEntries"/>; any order. One that is already in the log with the same hash is counted, not added again.</param>
    /// <param name="cancellationToken">Gives up waiting; the batch may still become durable.</param>
    /// <exception cref="DuplicateEntryException">An id that stands in the log, or earlier in the batch, with other content: nothing was appended.</exception>
    /// <exception cref="StorageUnavailableException">The disk or the database failed; nothing was acknowledged; retry later.</exception>
    Task<AppendResult> AppendBatchAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Tells what appending would do, without doing it.</summary>
    /// <exception cref="DuplicateEntryException">As for <see cref="AppendBatchAsync"/>.</exception>
    Task<AppendResult> CheckBatchAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Reads the view (or, by <paramref name="query"/>, every version) in (timestamp, hash) order, in bounded memory.</summary>
    IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads the view between two moments, both included.</summary>
    /// <param name="fromTimestamp">Milliseconds since the Unix epoch.</param>
    /// <param name="toTimestamp">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<LogEntry> ReadTimeRangeAsync(long fromTimestamp, long toTimestamp, CancellationToken cancellationToken = default);

    /// <summary>Number of distinct entries in the log, all versions of an id counted; an entry that stands in two segments counts once.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>The entry that the view shows under an id, or null.</summary>
    Task<LogEntry?> GetByIdAsync(string id, CancellationToken cancellationToken = default);
}
