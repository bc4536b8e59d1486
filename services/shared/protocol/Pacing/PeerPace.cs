namespace Causality.Protocol.Pacing;

/// <summary>A token bucket of one peer: a second's worth may pass at once, then as much as the limit says.</summary>
/// <param name="limit">Bytes per second now; 0 for none. Asked again for every piece, so that a schedule takes hold in the middle of a transfer.</param>
/// <param name="time">The clock.</param>
public sealed class PeerPace(Func<long> limit, TimeProvider time) : ITransferPace
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _at = time.GetTimestamp();
    private double _tokens;

    /// <inheritdoc/>
    public async ValueTask TakeAsync(int bytes, CancellationToken cancellationToken)
    {
        if (limit() <= 0)
            return;
        lock (_lock)
            _tokens -= bytes;
        // What has been taken is owed: everybody waits until the debt is paid, so that many streams together keep the limit, too.
        while (Debt() is { } wait)
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, cancellationToken);
    }

    private TimeSpan? Debt()
    {
        lock (_lock)
        {
            var (now, perSecond) = (time.GetTimestamp(), limit());
            var elapsed = time.GetElapsedTime(_at, now).TotalSeconds;
            _at = now;
            if (perSecond <= 0)
                _tokens = 0;
            else
                _tokens = Math.Min(perSecond, _tokens + (elapsed * perSecond));
            return _tokens >= 0 ? null : TimeSpan.FromSeconds(Math.Max(0.001, -_tokens / perSecond));
        }
    }
}
