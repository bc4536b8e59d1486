namespace Causality.Messaging.Delivery;

/// <summary>The sweeper's alarm clock: whoever commits a row that is due earlier than the sweeper sleeps sets it forward.</summary>
internal sealed class SweeperAlarm(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _ring = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _earliest = long.MaxValue;
    private long? _strandedUntil = clock.GetUtcNow().ToUnixTimeMilliseconds();

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

    /// <summary>Asks for a sweep at once that also takes what was written before now and leased to somebody: at the start of the process, and when the broker comes back.</summary>
    internal void WakeForStranded()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
            _strandedUntil = now;
        WakeAt(now);
    }

    /// <summary>Until when messages may be stranded, in milliseconds since the Unix epoch; asked for once, null for nothing to do.</summary>
    internal long? TakeStranded()
    {
        lock (_lock)
        {
            var until = _strandedUntil;
            _strandedUntil = null;
            return until;
        }
    }

    /// <summary>Gives back what <see cref="TakeStranded"/> took, for the next sweep.</summary>
    internal void KeepStranded(long until)
    {
        lock (_lock)
            _strandedUntil = Math.Max(until, _strandedUntil ?? 0);
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
