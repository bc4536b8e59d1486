namespace Causality.Protocol.Tests.Hosting;

/// <summary>A clock that a test sets, with timers that go off when the test lets them.</summary>
internal sealed class HandMovedTime(DateTimeOffset now) : TimeProvider, IDisposable
{
    private readonly List<Timer> _timers = [];
    private readonly SemaphoreSlim _made = new(0);

    public DateTimeOffset Now { get; set; } = now;

    /// <summary>Completes when somebody has made one timer more.</summary>
    public Task TimerMadeAsync(CancellationToken cancellationToken) => _made.WaitAsync(cancellationToken);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(() => callback(state));
        lock (_timers)
            _timers.Add(timer);
        _made.Release();
        return timer;
    }

    public void Dispose() => _made.Dispose();

    /// <summary>Lets every timer go off once.</summary>
    public void Tick()
    {
        List<Timer> timers;
        lock (_timers)
            timers = [.. _timers];
        timers.ForEach(timer => timer.GoOff());
    }

    private sealed class Timer(Action goOff) : ITimer
    {
        public void GoOff() => goOff();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
