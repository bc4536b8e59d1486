using Causality.Core;

namespace Causality.Storage.Log.Reading;

/// <summary>Entries that are in memory.</summary>
internal sealed class PendingCursor(LogEntry[] sorted) : IEntryCursor
{
    private int _next;

    /// <inheritdoc/>
    public ValueTask<LogEntry?> NextAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_next < sorted.Length ? sorted[_next++] : null);
}
