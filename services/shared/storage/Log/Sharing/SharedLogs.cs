using Causality.Core;
using Causality.Storage.Log.Reconciling;

namespace Causality.Storage.Log.Sharing;

/// <summary>The parts of the log that are shared with peers. The last ones used stay, because the index of each has to be read from the log once.</summary>
/// <param name="storage">The log.</param>
/// <param name="index">All of its segments.</param>
/// <param name="maxParts">Most parts that stay, beside the whole log.</param>
public sealed class SharedLogs(ISyncableStorage storage, SegmentIndex index, int maxParts = SharedLogs.DefaultParts)
{
    /// <summary>Parts that stay by default. Each costs 96 bytes for every segment in it.</summary>
    public const int DefaultParts = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<SegmentScope, (SharedLog Shared, long LastUsed)> _parts = [];
    private readonly SharedLog _whole = new(SegmentScope.Everything, storage, index);
    private long _clock;

    /// <summary>A part of the log; the log itself for <see cref="SegmentScope.Everything"/>.</summary>
    public SharedLog Of(SegmentScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.IsEverything)
            return _whole;
        lock (_lock)
        {
            var shared = _parts.TryGetValue(scope, out var known) ? known.Shared : Make(scope);
            _parts[scope] = (shared, ++_clock);
            return shared;
        }
    }

    private SharedLog Make(SegmentScope scope)
    {
        // Whoever still works with the one that goes keeps it until then; it holds nothing but memory.
        if (_parts.Count >= maxParts)
            _parts.Remove(_parts.MinBy(part => part.Value.LastUsed).Key);
        var part = new SegmentIndex(storage, null, scope);
        return new SharedLog(scope, new ScopedLog(storage, scope, part), part);
    }
}
