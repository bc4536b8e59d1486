namespace Causality.Protocol.Server.Limits;

/// <summary>A rate with a burst. Unlike those of the framework it may be overdrawn, because what a request costs is known only afterwards, and it follows a clock that tests can move.</summary>
/// <param name="perSecond">What flows in.</param>
/// <param name="burst">What fits in; full at the beginning.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(double perSecond, double burst, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _used;
    private long _at = time.GetTimestamp();

    /// <summary>Takes a cost when there is enough.</summary>
    /// <returns>Null when it was taken, else how long until there is.</returns>
    public TimeSpan? TryTake(double cost)
    {
        lock (_lock)
        {
            Fill();
            if (_used + cost > burst)
                return TimeSpan.FromSeconds((_used + cost - burst) / perSecond);
            _used += cost;
            return null;
        }
    }

    /// <summary>Takes a cost that has arisen already.</summary>
    public void Charge(double cost)
    {
        lock (_lock)
        {
            Fill();
            _used += cost;
        }
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        _used = Math.Max(0, _used - (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }
}
