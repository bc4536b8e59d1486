using System.Diagnostics.CodeAnalysis;
using Causality.Core;

namespace Causality.Storage.Log.Writing;

/// <summary>Entries that are durable in this process's journals and that the index does not find in a blob yet. Thread-safe.</summary>
/// <remarks>Bounded by the writer: the active segment and the few sealed ones that wait for being published.</remarks>
internal sealed class PendingEntries
{
    private readonly Dictionary<ContentHash, LogEntry> _entries = [];
    private readonly Lock _lock = new();

    /// <summary>Adds acknowledged entries.</summary>
    public void Add(IEnumerable<LogEntry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
                _entries[entry.Hash] = entry;
        }
    }

    /// <summary>Removes entries that the index has found in a blob.</summary>
    public void Remove(IEnumerable<LogEntry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
                _entries.Remove(entry.Hash);
        }
    }

    /// <summary>Finds one.</summary>
    public bool TryGet(ContentHash hash, [NotNullWhen(true)] out LogEntry? entry)
    {
        lock (_lock)
            return _entries.TryGetValue(hash, out entry);
    }

    /// <summary>Those in a time range, ascending by key, as of now.</summary>
    public LogEntry[] Snapshot(long fromTimestamp, long toTimestamp)
    {
        lock (_lock)
            return [.. _entries.Values.Where(entry => entry.Timestamp >= fromTimestamp && entry.Timestamp <= toTimestamp).OrderBy(entry => entry.Key)];
    }
}
