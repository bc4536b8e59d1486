using Causality.Storage.Database.Records;

namespace Causality.Messaging.Delivery;

/// <summary>A transaction's place in a lane. Disposed without <see cref="Release"/>, its messages are not sent.</summary>
/// <param name="rows">In the order of sending; their sequence numbers are known once they are saved.</param>
internal sealed class OutboxBatch(IReadOnlyList<OutboxMessage> rows) : IDisposable
{
    private readonly TaskCompletionSource<bool> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal IReadOnlyList<OutboxMessage> Rows => rows;

    /// <summary>True once the rows are committed, false if they never will be.</summary>
    internal Task<bool> Committed => _committed.Task;

    /// <summary>The rows are committed: send them.</summary>
    internal void Release() => _committed.TrySetResult(true);

    public void Dispose() => _committed.TrySetResult(false);
}
