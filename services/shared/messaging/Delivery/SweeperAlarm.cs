namespace Causality.Messaging.Delivery;

/// <summary>The sweeper's alarm clock: whoever commits a row that is due earlier than the sweeper sleeps sets it forward.</summary>
internal sealed class SweeperAlarm(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _ring = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _earliest = long.MaxValue;

    /// <summary>Asks for a sweep at a time, in milliseconds since the Unix epoch. Never lost: asked for during a sweep, it shortens the next sleep.</summary>
    internal void WakeAt(long due)
    {
        lock (_lock)
        {
            if (due >= _earliest)
                return;
            _earliest = due;
            _ring.TrySetResult();
        }
    }

    /// <summary>Starts a sweep: forgets the alarms so far, which it will see to.</summary>
    internal void Reset()
    {
        lock (_lock)
            _earliest = long.MaxValue;
    }

    /// <summary>Sleeps until a time or the earliest alarm.</summary>
    internal async Task SleepAsync(long until, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task ring;
            long rest;
            lock (_lock)
            {
                rest = Math.Min(until, _earliest) - clock.GetUtcNow().ToUnixTimeMilliseconds();
                if (_ring.Task.IsCompleted)
                    _ring = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                ring = _ring.Task;
            }

            if (rest <= 0)
                return;
            using var sleeper = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(ring, Task.Delay(TimeSpan.FromMilliseconds(rest), clock, sleeper.Token)).ConfigureAwait(false);
            await sleeper.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
