using Causality.Core;
using Causality.Storage.Log.Index;

namespace Causality.Storage.Log.Writing;

/// <summary>Tells new entries of a batch from known ones, and refuses ids that would get a second content.</summary>
/// <remarks>It sees what is committed, what this process has in its journal, and what is being written with the batch; not what another writer has in its journal:
/// two writers that accept one id at the same moment make a conflict, which is resolved like any other.</remarks>
internal sealed class AppendChecker(EntryIndex index)
{
    /// <summary>Checks a batch against the log as it is now.</summary>
    /// <exception cref="DuplicateEntryException">An id with other content.</exception>
    /// <exception cref="ArgumentException">The batch is empty or too large.</exception>
    public async Task<AppendResult> CheckAsync(IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken)
    {
        CheckLimits(entries);
        await index.RefreshAsync(cancellationToken).ConfigureAwait(false);
        var fresh = Select(entries, []);
        return new AppendResult(fresh.Count, entries.Count - fresh.Count);
    }

    /// <summary>The entries that are new.</summary>
    /// <param name="entries">The batch.</param>
    /// <param name="together">Ids and hashes that are being written together with it; the new entries are added when all are good.</param>
    /// <exception cref="DuplicateEntryException">An id with other content; <paramref name="together"/> is as it was.</exception>
    public List<LogEntry> Select(IReadOnlyList<LogEntry> entries, Dictionary<string, ContentHash> together)
    {
        var fresh = new List<LogEntry>(entries.Count);
        var own = new Dictionary<string, ContentHash>(StringComparer.Ordinal);
        for (var position = 0; position < entries.Count; position++)
        {
            var entry = entries[position];
            var (isPresent, other) = index.Check(entry);
            if (!isPresent && other is null && (own.TryGetValue(entry.Id, out var met) || together.TryGetValue(entry.Id, out met)))
                (isPresent, other) = met == entry.Hash ? (true, (ContentHash?)null) : (false, met);

            if (other is { } existing)
                throw new DuplicateEntryException(entry.Id, position, existing, entry.Hash);
            if (isPresent)
                continue;

            own.Add(entry.Id, entry.Hash);
            fresh.Add(entry);
        }

        foreach (var (id, hash) in own)
            together.Add(id, hash);
        return fresh;
    }

    /// <summary>Refuses a batch out of bounds.</summary>
    public static void CheckLimits(IReadOnlyList<LogEntry> entries)
    {
        if (entries.Count is 0 or > AppendLimits.MaxBatchEntries)
            throw new ArgumentException($"A batch has 1 to {AppendLimits.MaxBatchEntries} entries, not {entries.Count}.", nameof(entries));

        var bytes = entries.Sum(entry => entry.CanonicalBytes.Length + 1L);
        if (bytes > AppendLimits.MaxBatchBytes)
            throw new ArgumentException($"A batch has at most {AppendLimits.MaxBatchBytes} bytes, not {bytes}; split it.", nameof(entries));
    }
}
