namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>One look that serves everybody for a while: however many viewers, what is looked at is asked once in that time, and never twice at once.</summary>
/// <param name="lifetime">How long a look is good; a failed one too, so that a broken service is not asked more often than a sound one.</param>
/// <param name="time">The clock.</param>
/// <param name="look">Looks; bounded in time by itself.</param>
internal sealed class SharedView<T>(TimeSpan lifetime, TimeProvider time, Func<Task<T>> look)
{
    private readonly Lock _lock = new();
    private Task<T>? _latest;
    private long _lookedAt;

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_latest is null || (_latest.IsCompleted && time.GetElapsedTime(_lookedAt) >= lifetime))
            {
                _lookedAt = time.GetTimestamp();
                _latest = Task.Run(look, CancellationToken.None);
            }

            return _latest.WaitAsync(cancellationToken);
        }
    }
}
