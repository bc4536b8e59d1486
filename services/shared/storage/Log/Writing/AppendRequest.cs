using Causality.Core;

namespace Causality.Storage.Log.Writing;

/// <summary>A batch that waits for being written.</summary>
internal sealed class AppendRequest(IReadOnlyList<LogEntry> entries)
{
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The batch.</summary>
    public IReadOnlyList<LogEntry> Entries => entries;

    /// <summary>Ends with the acknowledgement or the reason why there is none.</summary>
    public Task<AppendResult> Done => _done.Task;

    /// <summary>Acknowledges.</summary>
    public void Acknowledge(int appended) => _done.TrySetResult(new AppendResult(appended, entries.Count - appended));

    /// <summary>Refuses; nothing happens when the batch has its answer already.</summary>
    public void Refuse(Exception reason) => _done.TrySetException(reason);
}
