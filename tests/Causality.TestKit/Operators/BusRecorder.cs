using MassTransit;

namespace Causality.TestKit.Operators;

/// <summary>What the bus has carried, in the order of arrival; and, where a test wants it, what a consumer does instead of the real one.</summary>
public sealed class BusRecorder
{
    private readonly Lock _lock = new();
    private readonly List<object> _seen = [];
    private readonly HashSet<Guid> _ids = [];
    private readonly Dictionary<Type, Func<object, Task>> _reactions = [];
    private TaskCompletionSource _changed = New();

    /// <summary>Makes the recorder of a type do something with each message: answer it, or throw as a broken consumer would.</summary>
    public void On<T>(Func<T, Task> reaction) where T : class
    {
        lock (_lock)
            _reactions[typeof(T)] = message => reaction((T)message);
    }

    /// <summary>The messages of a type so far.</summary>
    public IReadOnlyList<T> Of<T>(Func<T, bool>? wanted = null)
    {
        lock (_lock)
            return [.. _seen.OfType<T>().Where(wanted ?? (_ => true))];
    }

    /// <summary>Waits until so many messages of a type have come.</summary>
    /// <returns>The first of them up to that number.</returns>
    /// <exception cref="TimeoutException">They did not come; says what did.</exception>
    public async Task<IReadOnlyList<T>> WaitAsync<T>(Func<T, bool>? wanted = null, int count = 1, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Eventually.Patience);
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            var found = Of(wanted);
            if (found.Count >= count)
                return [.. found.Take(count)];
            try
            {
                await changed.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                lock (_lock)
                    throw new TimeoutException($"Waited for {count} {typeof(T).Name}, {found.Count} came; the last messages are: {string.Join("; ", _seen.TakeLast(12))}");
            }
        }
    }

    // A message that comes a second time, as outboxes and brokers may send it, is one message: real consumers know it by its id, too. What is published twice has two ids.
    internal Task TakeAsync(object message, Guid? messageId)
    {
        Func<object, Task>? reaction;
        lock (_lock)
        {
            if (messageId is not { } id || _ids.Add(id))
                _seen.Add(message);
            reaction = _reactions.GetValueOrDefault(message.GetType());
            _changed.TrySetResult();
            _changed = New();
        }

        return reaction?.Invoke(message) ?? Task.CompletedTask;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
